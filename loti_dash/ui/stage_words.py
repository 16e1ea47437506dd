"""What the page of a process says, worked out once for each release and selection."""

from dataclasses import dataclass

from loti_dash import stage_lines, stage_tables, stage_texts, stages
from loti_dash.definitions import Indicator
from loti_dash.page_figures import steps
from loti_dash.stage_choices import StageSelection
from loti_dash.stages import Stages
from loti_dash.store import Store
from loti_dash.ui import caution_box, show
from loti_dash.ui.papers import linked
from loti_dash.ui.published import remembered

_NO_CHART = "No step has a ratio here, so there is no chart. The counts are in the table."


@dataclass(frozen=True)
class Words:
    """The words of a page, from its top down, and what there is to draw.

    `headline` says where the ratio arises and `below` how far to trust it; `of_group` are the
    steps of the group looked at, `of_all` those of every group as a table, and `lines` the steps
    in sentences, which `multiplied` puts together. `indicators` are those of all steps, which may
    be none of the catalogue's.
    """

    selection: str
    cautions: caution_box.Box
    headline: str
    below: str
    of_group: show.Shown
    of_all: show.Shown
    lines: list[str]
    multiplied: str
    why: str
    from_where: list[str]
    indicators: list[Indicator]


@remembered(200)
def words(_store: Store, selection: StageSelection) -> Words:
    """Return what a page says. The selection names its release."""
    seen, catalogue = seen_by(_store, selection), _store.catalogue
    rows = seen.table[seen.table["group_code"] == selection.group]
    # What the headline says in the place of a finding is not said twice.
    instead = [each for each in seen.cautions if each.text == rows["status_reason"].iloc[0]]
    others = [each for each in seen.cautions if each not in instead]
    of_group = steps.of_group(_store, seen, selection.group, "")
    of_all = steps.of_every_group(_store, seen, selection.group, "")
    return Words(
        stage_texts.selection(catalogue, seen, rows),
        caution_box.made(others, stage_texts.unknown(rows)),
        stage_texts.headline(catalogue, seen, rows),
        " ".join([*(each.effect for each in instead), stage_texts.CLOSING]),
        show.shown(of_group, stage_tables.SURE, of_group.how_to_read or _NO_CHART),
        show.shown(of_all, stage_tables.SURE),
        list(stage_lines.lines(catalogue, seen, rows)),
        stage_texts.multiplied(seen, selection.group),
        seen.process.why_it_matters,
        _from_where(_store, seen),
        list(seen.indicators),
    )


@remembered(20)
def _seen(_store: Store, process: str, area: str, period: str, reference: str) -> Stages:
    """Return the steps of every group."""
    return stages.stages(_store, _store.catalogue.processes[process], area, period, reference)


def seen_by(store: Store, selection: StageSelection) -> Stages:
    """Return the steps that there are to show."""
    process, reference = selection.process, selection.reference
    return _seen(store, process, selection.area, selection.period, reference)


def _from_where(store: Store, seen: Stages) -> list[str]:
    sources = {
        each.id: each
        for indicator in seen.indicators
        for each in store.catalogue.sources_of(indicator)
    }
    return [
        *(
            f"**Source:** {linked(each)}, {each.publisher}. {each.licence}. {each.attribution}"
            for each in sources.values()
        ),
        f"**Release:** {seen.table['release'].iloc[0]}.",
        "**Method:** counts that are not rounded, divided by those they are set against; the "
        "page Methods says how.",
    ]
