"""The finding of a view as a sentence to copy, and the line that says where it is from."""

from collections.abc import Iterable, Mapping
from datetime import date

from loti_dash.definitions import Source
from loti_dash.export.papers import day


def cited(
    said: str, papers: Mapping[str, str], sources: Iterable[Source], product: str, accessed: date
) -> str:
    """Return what a page says and its source, as plain text to copy.

    The sentence is followed by its share unknown; then what the figures are of, by which release
    of which product, where they are to be seen, and when they were.
    """
    titles = "; ".join(
        f"{of.publisher}, {of.title} (published {day(of.published)})" for of in sources
    )
    source = (
        f"Source: {titles}. {papers['Licence']} In: {product}, release "
        f"{papers['Release'].removesuffix('.')}, {papers['Address']}, accessed {day(accessed)}."
    )
    return "\n\n".join([f"{said} {papers['Unknown']}".strip(), source])
