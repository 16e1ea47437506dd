"""What the page of one ethnic group says, and its heat maps, worked out once for each group."""

from dataclasses import dataclass, replace

from loti_dash import profile_cautions, profile_reasons, profile_texts
from loti_dash.charts import heatmap
from loti_dash.evidence_order import DOMAINS
from loti_dash.page_figures import several
from loti_dash.profile import Profile
from loti_dash.selection import Selection
from loti_dash.store import Store
from loti_dash.ui import caution_box, profile, show
from loti_dash.ui.published import remembered


@dataclass(frozen=True)
class Domain:
    """The indicators of a domain: a sentence for each, and their heat map.

    `indicators` are their ids, and `together` says which of them are published together.
    """

    name: str
    sentences: list[str]
    table: show.Table
    signs: str
    together: str
    indicators: list[str]


@dataclass(frozen=True)
class Words:
    """The words of a page, from its top down, and what there is to draw.

    There are no `cautions` where there is no ratio. `absent` are the indicators that are not in
    the tables, linked, and `indicators` the ids of all that have rows.
    """

    selection: str
    cautions: caution_box.Box | None
    headline: str
    domains: list[Domain]
    absent: list[str]
    indicators: list[str]


@remembered(100)
def words(_store: Store, selection: Selection) -> Words:
    """Return what a page says."""
    catalogue, seen = _store.catalogue, seen_by(_store, selection)
    rows = profile_reasons.with_ratio(seen.rows)
    absent = profile_reasons.not_by_borough(catalogue, _store.choices, seen.rows, rows)
    cautions = profile_cautions.cautions(catalogue, rows, seen.cautions)
    domains = [_of_domain(_store, seen, domain, selection) for domain in DOMAINS]
    return Words(
        profile_texts.selection_of_group(catalogue, selection),
        None if rows.empty else caution_box.made(cautions, ""),
        profile_texts.headline_of_group(catalogue, rows),
        [each for each in domains if each is not None],
        profile.linked(absent, replace(selection, area="")),
        [each.id for each in several.indicators(_store, seen.rows)],
    )


def seen_by(store: Store, selection: Selection) -> Profile:
    """Return the group in every indicator."""
    return profile.of_group(store, store.release, selection.group, selection.reference)


def _of_domain(store: Store, seen: Profile, domain: str, selection: Selection) -> Domain | None:
    rows = several.rows_of_domain(store, seen, domain)
    if rows.empty:
        return None
    of = several.of_domain(store, seen, rows, domain, selection, "")
    said = several.summaries(store.catalogue, rows)
    return Domain(
        domain,
        [f"**{title}**, {words}" for title, words in said],
        show.made(of.table, of.title, "", heatmap.shades(of.table)),
        heatmap.signs(of.table),
        profile_texts.together(store.catalogue, rows),
        [each.id for each in of.indicators],
    )
