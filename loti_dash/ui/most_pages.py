"""What pages draw with, but for the first: loaded soon after the start, by one import.

One, because threads that load the same libraries from several ends may get in each other's way.
"""

from loti_dash.ui import (  # noqa: F401
    board,
    board_make,
    borough,
    changed,
    data_coverage,
    domain,
    group,
    outcomes,
    releases,
    review,
    stages,
    upload,
)
