"""How does an analyst see a borough's own figures in the same charts, and have them published?"""

from loti_dash.ui import upload

upload.show_upload("Upload", "How do your own figures become the same charts?")
