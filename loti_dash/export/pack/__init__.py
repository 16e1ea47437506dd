"""A board pack: what a board reads on paper or in a file, as Word, as PDF and as a web page.

The three say the same, in the same order: `contents` decides what that is.
"""

from loti_dash.export.pack.model import Action, Answer, Caution, Figure, Item, Pack, Statement
from loti_dash.export.pack.page import html
from loti_dash.export.pack.pdf import pdf
from loti_dash.export.pack.word import docx

__all__ = [
    "Action",
    "Answer",
    "Caution",
    "Figure",
    "Item",
    "Pack",
    "Statement",
    "docx",
    "html",
    "pdf",
]
