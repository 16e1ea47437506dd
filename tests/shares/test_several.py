"""Views of several indicators, and of several releases, in what is shared."""

from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest
from sharing import BASE, DUTIES, DUTY, HACKNEY, link, view

from loti_dash import alike, notices, releases
from loti_dash.errors import LotiError
from loti_dash.notices import Notice
from loti_dash.shares import board_pack, changes, items, making, opening, texts
from loti_dash.shares.making import Draft
from loti_dash.shares.sent import Table, from_json, to_json
from loti_dash.views import View

HEADS = ("Indicator", "Ethnicity", "Ratio")


def borough(release, group="all_five"):
    params = {"release": release, "area": HACKNEY, "group": group, "reference": "white"}
    return View.at("borough", params)


def table(*rows):
    return Table("Every indicator", HEADS, rows, True, "")


def test_figures_that_changed_name_the_group_and_none_is_set_against_another_group(folder):
    old = items.item(releases.open_(), borough(None or releases.names(folder)[1]), BASE)
    asian, black = ("Duties", "Asian", "2.00"), ("Duties", "Black", "3.00")
    before = replace(old, table=table(asian, black))
    after = replace(old, table=table(("Duties", "Black", "3.40"), ("Duties", "Mixed", "1.10")))

    found = changes.figures(before, after)

    assert [(each.what, each.old, each.new) for each in found] == [
        ("Duties, Asian, Ratio", "2.00", "not in the table"),
        ("Duties, Black, Ratio", "3.00", "3.40"),
        ("Duties, Mixed, Ratio", "not in the table", "1.10"),
    ]


def test_cautions_of_several_indicators_are_plain_words_and_know_whose_they_are(folder):
    first, _ = releases.names(folder)
    of = opening.opened(link(borough(first)))

    [item] = of.sent.items
    named = [each for each in item.cautions if each.of]
    assert {"homelessness_duty_owed", "home_ownership"} <= {id_ for e in named for id_ in e.of}
    assert all(each.text.startswith(f"{each.named}: ") for each in named)
    assert "**" not in to_json(of.sent)
    # What changed is that one caution, of the indicator of duties.
    found = changes.since(of.sent, releases.open_()).items[0]
    assert [(each.what, each.old.partition(":")[0]) for each in found.cautions] == [
        ("reworded", "Households owed a homelessness duty")
    ]


def test_views_that_were_shared_before_cautions_knew_their_indicators_still_open(folder):
    sent = opening.opened(link()).sent
    older = to_json(sent).replace(', "of": {}, "named": ""', "")
    assert '"of": {}' not in older
    assert from_json(older) == sent


def test_each_view_is_sent_from_the_release_it_was_looked_at_in_and_says_which(folder):
    first, second = releases.names(folder)
    of = opening.opened(link(view(), view("over_time", release=second), view(release=second)))

    rows = [str(each.table.rows) for each in of.sent.items]
    assert ["450" in rows[0], "510" in rows[2]] == [True, True]
    assert [each.release for each in of.sent.items] == [first, second, second]
    assert [each.what.rpartition(" of release ")[2] for each in of.sent.items] == [
        f"{first}.",
        f"{second}.",
        f"{second}.",
    ]
    assert f"from releases {first} and {second}" in texts.as_sent(of.sent)
    found = changes.since(of.sent, releases.open_())
    assert [bool(each.figures) for each in found.items] == [True, False, False]
    pack = board_pack.pack_of(of.sent, found, of.withdrawn, BASE, of.sent.day)
    assert pack.release == f"{first} and {second}"


def test_a_view_of_a_withdrawn_release_is_gone_and_those_of_others_stand(folder):
    first, second = releases.names(folder)
    id_ = link(view(), view(release=second))
    releases.withdraw(first, "two boroughs were swapped")

    assert list(opening.opened(id_).withdrawn) == [0]
    with pytest.raises(LotiError, match="two boroughs were swapped"):
        making.sent(Draft("A title", (view(),)), BASE, datetime.now(UTC).date())


def test_a_notice_of_withdrawn_figures_says_of_which(folder):
    id_, today = link(), datetime.now(UTC).date()
    notices.add(folder, Notice("withdrawn_series", today, DUTIES, "Duties owed", "of a swap"))

    found = changes.since(opening.opened(id_).sent, releases.open_())

    assert found.notices[0].startswith("Duties owed: These figures were withdrawn on ")


@pytest.mark.parametrize("figure", ["neighbours", "places", "ratios_of_places"])
def test_what_rests_on_who_lives_where_goes_with_the_series_of_residents(
    figure, folder, release, monkeypatch
):
    sent = opening.opened(link()).sent
    params = dict(view().params) | {"period": latest(release), "release": release.release}
    item = items.item(release, View.at("housing", params, figure), BASE)
    assert alike.RESIDENTS in item.series
    kept = replace(sent, items=(item, sent.items[0]))
    assert opening.withdrawn(kept) == {}

    notices.add(
        folder,
        Notice("withdrawn_series", sent.day, alike.RESIDENTS, "Residents", "it was wrong"),
    )

    assert list(opening.withdrawn(kept)) == [0]
    assert "because it was wrong." in opening.withdrawn(kept)[0]


def latest(store):
    choices = store.choices
    of = choices[(choices["indicator_id"] == DUTY) & (choices["area_code"] == HACKNEY)]
    assert isinstance(of, pd.DataFrame)
    return str(of["period_id"].max())
