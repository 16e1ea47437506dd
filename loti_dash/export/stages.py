"""The steps of a process as CSV: the table of the page, every group, with what goes with it."""

from loti_dash.catalogue import Catalogue
from loti_dash.export.cells import as_csv
from loti_dash.export.csv import credit, in_a_row
from loti_dash.stages import Stages


def csv_of_stages(of: Stages, catalogue: Catalogue, link: str) -> str:
    """Return the table of a process as CSV: two rows for each step and ethnic group.

    After its columns stand `caveats`, those of all steps, the worst first, and `source`,
    `licence` and `link` as in every other file.
    """
    sources = {
        each.id: each for indicator in of.indicators for each in catalogue.sources_of(indicator)
    }.values()
    return as_csv(
        of.table.assign(
            caveats=in_a_row({"": of.cautions})[""],
            source="; ".join(map(credit, sources)),
            licence="; ".join(dict.fromkeys(each.licence for each in sources)),
            link=link,
        )
    )
