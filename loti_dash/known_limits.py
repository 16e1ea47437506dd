"""What the accessibility statement says of the product: what works, what does not, how tested.

Facts that were looked at in a browser, each with the criterion of WCAG 2.2 it falls under. What
the organisation answers for is passed in.
"""

from collections.abc import Mapping

import pandas as pd

WHAT_DOES_NOT_WORK = "What does not work yet"
COMPLIANCE = (
    "The aim is level AA of the Web Content Accessibility Guidelines, WCAG 2.2. Whether it is "
    "reached is not known: tools find fewer than half of all failures, and nobody has tested the "
    "dashboard with screen readers or speech control yet. What is known not to work:"
)

# What, by which criterion of WCAG 2.2, and what a reader can do instead.
LIMITS = (
    (
        "Charts are one picture each to a screen reader: the points, lines and words in them "
        "cannot be reached one by one.",
        "1.1.1 Non-text content; 1.3.1 Info and relationships",
        "Each chart has a text that says its message. The table under it has the same rows.",
    ),
    (
        "The words that appear over a point of a chart need a pointer.",
        "2.1.1 Keyboard; 1.4.13 Content on hover or focus",
        "They say what the table says.",
    ),
    (
        "After Show, the page changes and no screen reader is told so.",
        "4.1.3 Status messages",
        "Go to the next heading of level 2: it is the new finding.",
    ),
    (
        "Tables with many columns scroll sideways on narrow screens and at 400% zoom.",
        "1.4.10 Reflow, which makes an exception for tables",
        "Download the figures, or print the page.",
    ),
    (
        "In forced colours charts keep their own colours, dark on white.",
        "1.4.11 Non-text contrast, which they meet on white",
        "The table follows the colours of your system.",
    ),
    (
        "Printed charts are as wide as they were on the screen, made smaller.",
        "None: there is no criterion on print",
        "Tables, cautions and folded parts are printed whole.",
    ),
)

_WORKS = (
    "zoom in up to 400%, and read on a screen 320 pixels wide, without scrolling sideways "
    "except in tables",
    "reach and use everything but the points of charts with a keyboard alone, and see where it is",
    "read every figure of a chart as a table, and tell ethnic groups apart without colours",
    "use colours of your own (forced colours), and print any page with all of its words",
)
_TESTED = (
    "With axe-core, an automatic test of WCAG 2.0, 2.1 and 2.2 at levels A and AA: every page as "
    "it opens, with other choices, and without figures. It finds nothing.",
    "With tests in Chromium: the keyboard alone from the address to a download, 200% and 400% "
    "zoom, 320 pixels, forced colours, print, a name for every figure and headings without gaps.",
    "Not tested: other browsers, screen readers, speech control, magnifiers, and text with other "
    "spacing (1.4.12).",
)


def table() -> pd.DataFrame:
    """Return what does not work as a table for readers."""
    # A table may scroll on a phone: then the keyboard must reach something in it.
    criterion = "[Criterion of WCAG 2.2](https://www.w3.org/TR/WCAG22/)"
    columns = ["What does not work", criterion, "What you can do"]
    return pd.DataFrame(LIMITS, columns=columns).set_index(columns[0])


def statement(said: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the parts of the statement by their headings, in order, each a few texts.

    `said` are the answers of the organisation in words, or gaps, by their keys.
    """
    return {
        "What this statement is about": (
            "This statement is about all pages of this dashboard and the files that can be "
            "downloaded from it. It is not about the publishers' pages that it links to.",
            f"The dashboard is run by: {said['organisation']}",
        ),
        "What you should be able to do": _WORKS,
        WHAT_DOES_NOT_WORK: (
            "If you find something else, please say so: the next part says to whom.",
        ),
        "Another format, or something that does not work": (
            "Every figure can be downloaded as a CSV file, which spreadsheets and screen readers "
            "read, or printed. For large print, an easy read, audio or braille, ask:",
            f"E-mail: {said['email']}",
            f"Telephone: {said['phone']}",
            f"When you can expect an answer: {said['response_time']}",
        ),
        "If you are not content with the answer": (
            "The Equality and Human Rights Commission enforces the Public Sector Bodies (Websites "
            "and Mobile Applications) (No. 2) Accessibility Regulations 2018. The "
            "[Equality Advisory and Support Service](https://www.equalityadvisoryservice.com/) "
            "advises you if you are not content with how your complaint was answered.",
        ),
        "How it was tested": (*_TESTED, f"By people: {said['tested_by']}"),
        "This statement": (
            f"Prepared: {said['prepared']}",
            f"Last reviewed: {said['reviewed']}",
            "It is to be reviewed at least once a year, and whenever a page is added.",
        ),
    }
