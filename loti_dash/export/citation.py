"""The finding of a view as a sentence to copy, and the line that says where it is from."""

from datetime import date

from loti_dash.export.papers import day
from loti_dash.export.taken import Taken


def citation(taken: Taken, product: str, accessed: date) -> str:
    """Return the sentence of a view and its source, as plain text to copy.

    The sentence is that of the page, followed by its share unknown; then what the figures are of,
    by which release of which product, where they are to be seen, and when they were.
    """
    papers, sources = taken.papers(), taken.catalogue.sources_of(taken.indicator)
    titles = "; ".join(
        f"{of.publisher}, {of.title} (published {day(of.published)})" for of in sources
    )
    source = (
        f"Source: {titles}. {papers['Licence']} In: {product}, release {taken.release}, "
        f"{taken.address}, accessed {day(accessed)}."
    )
    return "\n\n".join([f"{taken.finding} {papers['Unknown']}", source])
