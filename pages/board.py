"""What was shared, as it was sent; without an id in the address, how to share."""

from loti_dash.ui import board, board_make, page

if page.shared():
    board.show_shared(page.shared())
else:
    board_make.show_making("Share", "What do you want others to see?")
