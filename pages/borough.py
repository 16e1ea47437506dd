"""How unequal is one borough, in everything that is counted there?"""

from loti_dash.ui import borough

borough.show_borough("A borough", "How unequal is one borough, in everything counted there?")
