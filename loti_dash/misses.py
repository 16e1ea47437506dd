"""Where the time goes, as profiles showed it: said in the document while an aim is missed."""

# By benchmark, and what a line starts with.
WHY = {
    ("pages", "repeated"): (
        "Nothing is worked out: a quarter of it hands some sixty elements to the visit, a tenth "
        "each are the choices, the charts and the buttons, and a twentieth finds what is kept."
    ),
    ("pages", "new selection"): (
        "A view that nobody opened before is worked out then. Three tenths of it are the "
        "comparisons of all areas with every reference and their cautions, a seventh the figures "
        "of the area and how complete they are, an eighth the chart of areas, a tenth what there "
        "is to choose from, a tenth words and tables; the rest is drawing as in any view. "
        "Most of it are thousands of small steps of pandas on tables of a few hundred rows."
    ),
    ("pages", "new area"): (
        "The comparisons and the chart of all areas are there already. A third are the words, "
        "the table and the chart of the area, in many small steps of pandas, and a sixth what "
        "there is to choose from; half is drawing, as in any view."
    ),
    ("upload", "1,"): (
        "About a quarter is the private release that the chart is drawn from, which takes as long "
        "for a small file; of the rest half is parsing and half the checks."
    ),
    ("upload", "10,"): (
        "Over half is reading and parsing, by pyarrow, the rest the checks, which look at every "
        "row five times."
    ),
    ("records", "searches, few alike"): (
        "Copies of the real months differ in time and place, so that little can be put together "
        "before figures are made: a tenth is reading, a third finding which rows are alike, three "
        "tenths the boroughs of a million places, and the rest handing rows on, counting and the "
        "report. It was read once."
    ),
    ("records", "searches"): (
        "All fifteen columns are read, as searches that repeat another one exactly are counted "
        "for the report, and rows with too few or too many cells are looked for. Half is reading, "
        "a quarter finding which rows are alike, and the rest months, places, areas and the "
        "report."
    ),
    ("browser", "first visit"): (
        "The libraries that draw tables and charts are loaded then, unless the server has been up "
        "for two seconds: it does so by itself, and a start page needs none of them."
    ),
    ("browser", ""): (
        "The server's part is in the lines of pages. Of what the browser does until the page is "
        "there, seven tenths are Streamlit's scripts, which come in 99 files and draw 5,300 nodes "
        "where the bare page has 68 files and 220 nodes; six hundredths are layout and styles."
    ),
}


def why(benchmark: str, what: str) -> str:
    """Return where the time of a line of a benchmark goes, or "" if nobody has looked.

    >>> why("records", "searches, 158,349 rows")[:23]
    'All fifteen columns are'
    """
    if what.startswith("sent") or what.endswith("memory"):
        # These are bytes, and the rest is about time.
        return ""
    found = (
        said for (of, start), said in WHY.items() if of == benchmark and what.startswith(start)
    )
    return next(found, "")
