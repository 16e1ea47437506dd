"""What leaves the visit that uploaded it gives no small count away, to whoever can add up."""

import os
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from attackers import ENDLESS, bounds, inferred
from uploads import CAMDEN, DEFINITIONS, HACKNEY, QUARTERS, described, groups_of, package_of, rows

from loti_dash import own_figures
from loti_dash.disclosure.policy import PUBLIC
from loti_dash.upload.description import OF_THE_FILE
from loti_dash.upload.guarding import guarded, protected
from loti_dash.upload.in_five import in_five

BY = ["area_code", "period_id", "group_code", "part"]
ID, ID_OF = "warnings_hackney_council", "warnings_hackney_council_of"
# So many tens of random packages.
TENS = int(os.environ.get("LOTI_PACKAGES", "200")) // 10
# So many small counts of a table are attacked, drawn by chance: it takes the time.
MOST = int(os.environ.get("LOTI_PACKAGES_COUNTS", "4"))
RESIDENTS = "census_2021_residents"
SPAN = "2022-10--2025-09"
UP = {g.code: g.parent_code for g in DEFINITIONS.groups if g.parent_code not in ("", g.code)}
LISTS = ("harmonised_5", "census_2021_19", "hclic_18")


def hidden(found):
    """Return the keys of the counts that are withheld."""
    table = found.package.observations
    gone = table[table["status"] == "suppressed"]
    names = ["series_id", "period_id", "area_code", "group_code"]
    return set(gone[names].itertuples(index=False, name=None))


def hidden_groups(found):
    """Return the groups whose counts are withheld, of a package of one period and area."""
    return sorted(key[3] for key in hidden(found))


def random_package(seed):
    """Return a package by a seed, what was said of it, and whether its subject is sensitive.

    Sparse and dense, in five groups and detailed ones, divided by its own counts (some of which
    nearly all are counted of) or by residents, of several areas, and quarters that add up.
    """
    rng = np.random.default_rng(seed)
    quarters = seed % 20 == 9
    own = seed % 2 == 0
    events = seed % 4 == 2
    classification = "harmonised_5" if quarters or seed % 6 else LISTS[1 + seed // 6 % 2]
    groups = groups_of(classification)
    periods = QUARTERS if quarters else ["2022", "2023"][: 1 + seed % 2]
    areas = [HACKNEY, CAMDEN][: 1 + seed % 5 // 4]
    mean = [1, 3, 8, 25, 60][seed // 6 % 5]
    parts = []
    for area in areas:
        size = rng.lognormal(np.log(mean), 1, len(groups))
        for period in periods:
            counts = rng.poisson(size)
            # Nearly everybody is counted, for some; hardly anybody for others.
            left = rng.poisson(size * rng.choice([0.1, 1, 6], len(groups)))
            parts.append(rows(ID, period, area, dict(zip(groups, counts, strict=True))))
            if own:
                all_ = dict(zip(groups, counts + left, strict=True))
                parts.append(rows(ID_OF, period, area, all_))
    said = described(
        counts="events" if events else "people",
        among=own and not events,
        denominator=OF_THE_FILE if own else RESIDENTS,
        sensitive=seed % 7 == 0,
    )
    table = pd.concat(parts, ignore_index=True)
    return package_of(table, said, classification=classification), said


def threshold_of(said):
    return PUBLIC.sensitive_threshold if said.sensitive else PUBLIC.threshold


def all_cells(package, people):
    """Return every cell of a package, with who is left and all sums, by plain loops.

    The sums are those that somebody may know from elsewhere: of each of the five groups, of
    everybody, and of the years that a release adds up.
    """
    count = {}
    for row in package.observations.itertuples():
        part = "all" if row.series_id.endswith("_of") else "in"
        count[row.area_code, row.period_id, row.group_code, part] = row.value
    for area, period, group, part in list(count):
        if part == "all" and people:
            left = count[area, period, group, "all"] - count[area, period, group, "in"]
            count[area, period, group, "left"] = left
    totals = {"part": {"all": ["in", "left"]}} if people else {}
    groups = sorted({key[2] for key in count})
    families = {}
    for group in groups:
        families.setdefault(UP.get(group, group), []).append(group)
    of = {up: below for up, below in families.items() if below != [up]}
    totals["group_code"] = {**of, "everybody": sorted(families)}
    for total, below in totals["group_code"].items():
        for area, period, group, part in list(count):
            if group == below[0]:
                found = [count[area, period, one, part] for one in below]
                count[area, period, total, part] = sum(found)
    if {key[1] for key in count} >= set(QUARTERS):
        totals["period_id"] = {SPAN: QUARTERS}
        for area, period, group, part in list(count):
            if period == QUARTERS[0]:
                found = [count[area, one, group, part] for one in QUARTERS]
                count[area, SPAN, group, part] = sum(found)
    table = pd.DataFrame([(*key, value) for key, value in count.items()], columns=[*BY, "value"])
    return table, totals


def reasons_of(package, said, before):
    """Return why each cell is withheld, sums included, as far as guarding withholds any."""
    found = {}
    for indicator in package.indicators:
        tables = protected(
            package.observations, indicator, package, DEFINITIONS, threshold_of(said), before
        )
        for safe in tables:
            gone = safe[safe["status_reason"].isin(["primary", "secondary"])]
            found |= {
                tuple(row[name] for name in BY): row["status_reason"] for _, row in gone.iterrows()
            }
    return found


def attack(package, said, shown, before=(), extra=lambda block, totals: []):
    """Make sure that nobody narrows a small count of a package down by what is shown of it."""
    people = said.counts == "people" and said.denominator == OF_THE_FILE
    table, totals = all_cells(package, people)
    reasons = reasons_of(package, said, before)
    table["why"] = [reasons.get(key, "") for key in table[BY].itertuples(index=False, name=None)]
    withheld = {(a, p, g, "all" if s == ID_OF else "in") for s, p, a, g in hidden(shown)}
    of_package = set(package.observations[BY[:3]].itertuples(index=False, name=None))
    for key in table.loc[table["why"] != "", BY].itertuples(index=False, name=None):
        assert key in withheld or key[:3] not in of_package or key[3] == "left", key
    bound = table["period_id"].map(lambda one: "years" if "period_id" in totals else one)
    for _, block in table.groupby([table["area_code"], bound]):
        block = block.reset_index(drop=True)
        if block["why"].any():
            assert_secret(block, totals, threshold_of(said), extra(block, totals))


def assert_secret(table, totals, threshold, extra):
    """Make sure of every small count of a table that is withheld where `why` says so.

    Whoever knows which are small must find four numbers possible, from 1; whoever does not must
    find 0 possible as well, and the largest small number. Unless even a table of holes alone
    tells as much.
    """
    small = table["value"].between(1, threshold - 1)
    assert set(small[small].index) == set(table.index[table["why"] == "primary"])
    safe = table.assign(value=table["value"].mask(table["why"] != ""), status_reason=table["why"])
    primary = small[small].index.tolist()
    if len(primary) > MOST:
        primary = np.random.default_rng(len(table)).choice(primary, MOST, replace=False).tolist()
    nothing = safe.assign(value=np.nan)
    as_known = {row: (1, threshold - 1) if small[row] else ENDLESS for row in table.index}
    for known, everything, enough in (
        (bounds(safe, threshold), as_known, lambda low, high: high - low >= 3),
        (
            dict.fromkeys(bounds(safe), ENDLESS),
            dict.fromkeys(table.index, ENDLESS),
            lambda low, high: low <= 0 and high >= threshold - 1,
        ),
    ):
        found = inferred(safe, BY, totals, known, extra, primary)
        narrow = [row for row, (low, high) in found.items() if not enough(low - 1e-5, high + 1e-5)]
        if narrow:
            at_best = inferred(nothing, BY, totals, everything, extra, narrow)
            for row in narrow:
                assert found[row] == pytest.approx(at_best[row], abs=1e-5), table.loc[row]


@pytest.mark.parametrize("tens", range(TENS))
def test_no_small_count_of_two_hundred_packages_is_narrowed(tens):
    with_holes = 0
    for seed in range(10 * tens, 10 * tens + 10):
        package, said = random_package(seed)
        sensitive = [one.id for one in package.indicators if said.sensitive]

        found = guarded(package, DEFINITIONS, sensitive)

        attack(package, said, found)
        with_holes += found.small > 0
    assert with_holes, "some of ten packages have small counts to attack"


def test_a_release_shows_no_sum_with_a_hole_in_it(release):
    package, _ = random_package(9)
    found = guarded(package, DEFINITIONS, [])
    assert hidden(found)

    with_holes = own_figures.store_of(release, found.package)

    shown = with_holes.query("observations_of", series=[ID, ID_OF], viewer_areas=[])
    truth, _ = all_cells(package, people=False)
    true = truth.set_index(BY)["value"]
    count = 0
    for row in shown[shown["value"].notna()].itertuples():
        part = "all" if row.series_id == ID_OF else "in"
        assert row.value == true[row.area_code, row.period_id, row.group_code, part]
        count += 1
    assert count
    in_span = shown[(shown["period_id"] == SPAN) & (shown["series_id"] == ID)]
    holes = {key[3] for key in hidden(found) if key[0] == ID}
    assert set(in_span.loc[in_span["value"].isna(), "group_code"]) == holes
    with_holes.close()


def corrected(package, seed):
    """Return a package with one count corrected, and the key of that count."""
    rng = np.random.default_rng(seed)
    table = package.observations.copy()
    numerators = np.flatnonzero(table["series_id"] == ID)
    row = int(rng.choice(numerators))
    value = table.loc[row, "value"]
    table.loc[row, "value"] = value + 3 if seed % 2 else max(value - 3, 0)
    key = tuple(table.loc[row, ["area_code", "period_id", "group_code"]])
    of = (table[["area_code", "period_id", "group_code"]] == list(key)).all(axis=1)
    # Nobody is counted who is not there.
    table.loc[of, "value"] = table.loc[of, "value"].where(
        table.loc[of, "series_id"] == ID, table.loc[of, "value"] + 3
    )
    return replace(package, observations=table), key


@pytest.mark.parametrize("tens", range(6))
def test_what_was_published_before_the_correction_of_one_count_gives_nothing_away(tens):
    for seed in range(1_000 + 10 * tens, 1_010 + 10 * tens):
        package, said = random_package(seed)
        if said.sensitive:
            continue
        first = guarded(package, DEFINITIONS, [])
        now, changed = corrected(package, seed)
        before = [first.package.observations]

        second = guarded(now, DEFINITIONS, [], before)

        shown = {
            (
                row.area_code,
                row.period_id,
                row.group_code,
                "all" if row.series_id == ID_OF else "in",
            ): row.value
            for row in before[0].itertuples()
            if row.status == "ok"
        }

        def remembered(block, _, shown=shown, changed=changed):
            keys = list(block[BY].itertuples(index=False, name=None))
            return [
                ({n: 1.0}, shown[key])
                for n, key in enumerate(keys)
                if key in shown and key[:3] != changed
            ]

        attack(now, said, second, before, remembered)
        assert hidden(first) <= hidden(second)


@pytest.mark.parametrize("seed", [0, 1, 5, 9])
def test_publishing_the_same_again_withholds_the_same(seed):
    package, _ = random_package(seed)
    first = guarded(package, DEFINITIONS, [])

    second = guarded(package, DEFINITIONS, [], [first.package.observations] * 2)

    assert hidden(first)
    assert hidden(second) == hidden(first)


def five(**counts):
    return {"asian": 40, "black": 30, "mixed": 20, "white": 50, "other": 60} | counts


def guarded_table(table, before=(), sensitive=False, said=None, classification="harmonised_5"):
    said = said or described(denominator=RESIDENTS, counts="events", among=False)
    package = package_of(table, said, classification=classification)
    marked = [package.indicators[0].id] if sensitive else []
    return guarded(package, DEFINITIONS, marked, before)


def test_the_smallest_of_the_others_goes_with_a_single_small_count():
    found = guarded_table(rows(ID, "2023", HACKNEY, five(black=3)))

    assert hidden_groups(found) == ["black", "mixed"]
    assert (found.small, found.others, found.cells) == (1, 1, 5)


def test_what_is_not_small_leaves_as_it_is():
    table = rows(ID, "2023", HACKNEY, five(black=5, mixed=0))

    found = guarded_table(table)

    assert not hidden(found)
    assert found.package.observations["value"].tolist() == [40, 5, 0, 50, 60]


def test_sensitive_subjects_have_a_higher_threshold():
    table = rows(ID, "2023", HACKNEY, five(black=5))

    assert hidden_groups(guarded_table(table, sensitive=True)) == ["black", "mixed"]


def test_a_period_in_which_a_group_has_no_row_is_protected_too():
    table = pd.concat(
        [
            rows(ID, "2022", HACKNEY, five()),
            rows(ID, "2023", HACKNEY, {"asian": 40, "black": 3, "white": 50}),
        ]
    )

    assert {key[1:] for key in hidden(guarded_table(table))} == {
        ("2023", HACKNEY, "black"),
        ("2023", HACKNEY, "asian"),
    }


def test_whoever_is_left_of_a_denominator_is_small_too():
    table = pd.concat(
        [
            rows(ID, "2023", HACKNEY, five(white=99)),
            rows(ID_OF, "2023", HACKNEY, dict.fromkeys(five(), 100)),
        ]
    )
    among = guarded_table(table, said=described())
    events = guarded_table(table, said=described(counts="events", among=False))

    # 1 of 100 was not warned: that is as good as the count of 1.
    assert (ID, "2023", HACKNEY, "white") in hidden(among)
    assert len(hidden(among)) == 2
    assert not hidden(events)


def test_more_counted_than_there_are_is_no_reason_to_withhold():
    table = pd.concat(
        [
            rows(ID, "2023", HACKNEY, five(white=120)),
            rows(ID_OF, "2023", HACKNEY, dict.fromkeys(five(), 100)),
        ]
    )

    assert not hidden(guarded_table(table, said=described()))


def test_states_of_unknown_ethnicity_add_up_in_every_list():
    counts = five(unknown_refused=3, unknown_not_asked=90, unknown_blank=8)

    found = guarded_table(rows(ID, "2023", HACKNEY, counts))

    # The sum of the unknown is told as one number: another of them must go, not the 20 of Mixed.
    assert hidden_groups(found) == ["unknown_blank", "unknown_refused"]


def test_a_count_that_the_file_withholds_is_not_alone():
    found = guarded_table(rows(ID, "2023", HACKNEY, five(black="suppressed")))

    assert hidden_groups(found) == ["black", "mixed"]
    assert (found.small, found.others) == (0, 1)


def test_a_file_that_withholds_enough_stays_as_it_is():
    counts = five(black="suppressed", mixed="suppressed")

    assert hidden_groups(guarded_table(rows(ID, "2023", HACKNEY, counts))) == ["black", "mixed"]


def test_what_a_file_has_no_figure_for_is_nothing_withheld():
    found = guarded_table(rows(ID, "2023", HACKNEY, five(black="not_available")))

    assert not hidden(found)
    assert found.package.observations["status"].tolist().count("not_available") == 1


def test_what_was_not_available_before_is_shown_when_it_is():
    before = rows(ID, "2023", HACKNEY, five(black="not_available"))

    found = guarded_table(rows(ID, "2023", HACKNEY, five(mixed=3)), [before])

    assert hidden_groups(found) == ["black", "mixed"]
    assert not hidden(guarded_table(rows(ID, "2023", HACKNEY, five()), [before]))


def test_five_groups_after_detailed_ones_do_not_give_a_detail_away():
    detailed = five(white=None)
    del detailed["white"]
    detailed |= {"white_british": 49, "white_irish": "suppressed", "white_other": "suppressed"}
    before = rows(ID, "2023", HACKNEY, detailed)

    now = guarded_table(rows(ID, "2023", HACKNEY, five(white=51)), [before])
    later = guarded_table(rows(ID, "2023", HACKNEY, five(white=90)), [before])

    # 51 less the 49 that were shown are 2 in two groups: 1 and 1.
    assert "white" in hidden_groups(now)
    assert not hidden(later)


def test_a_year_after_its_quarters_does_not_give_a_quarter_away():
    flow = described(denominator=RESIDENTS, counts="events", among=False)
    quarters = [
        rows(ID, f"2023-Q{n}", HACKNEY, five(black=count, mixed=other))
        for n, (count, other) in enumerate(
            [("suppressed", "suppressed"), (30, 20), (30, 20), (30, 20)], 1
        )
    ]
    before = pd.concat(quarters)
    year = rows(ID, "2023", HACKNEY, {group: 4 * count for group, count in five(black=23).items()})

    found = guarded_table(year, [before], said=flow)
    stock = guarded_table(
        year, [before], said=described(denominator=RESIDENTS, among=False, stock_or_flow="stock")
    )

    # 92 less three quarters of 30 are 2.
    assert "black" in hidden_groups(found)
    assert not hidden(stock)


@pytest.mark.parametrize("african", [None, "not_available"])
def test_who_has_no_row_is_in_what_the_others_leave_of_a_sum_that_was_public(african):
    before = rows(ID, "2023", HACKNEY, five(black=39))
    parts = {"black_caribbean": 30, "black_other": 5, "black_african": african}
    detailed = {code: 20 for code in groups_of("census_2021_19") if not code.startswith("black")}
    detailed |= {code: count for code, count in parts.items() if count}

    found = guarded_table(rows(ID, "2023", HACKNEY, detailed), [before])
    more = guarded_table(rows(ID, "2023", HACKNEY, detailed | {"black_other": 2}), [before])

    # 39 less 30 and 5 are the 4 that are nowhere; 39 less 30 and 2 are 7.
    assert hidden_groups(found) == ["black_other"]
    assert hidden_groups(more) == ["black_other"]
    plenty = guarded_table(rows(ID, "2023", HACKNEY, detailed | {"black_other": 9}), [before])
    assert hidden_groups(plenty) == []


def test_who_has_no_row_in_a_part_of_a_year_is_in_what_the_others_leave_of_it():
    flow = described(denominator=RESIDENTS, counts="events", among=False)
    before = rows(ID, "2023", HACKNEY, five(mixed=13))
    half = {group: count // 2 for group, count in five().items()}
    first = rows(ID, "2023-01--2023-06", HACKNEY, half | {"mixed": 10})
    second = {group: count for group, count in half.items() if group != "mixed"}

    now = pd.concat([first, rows(ID, "2023-07--2023-12", HACKNEY, second)], ignore_index=True)

    assert (ID, "2023-01--2023-06", HACKNEY, "mixed") in hidden(guarded_table(now, [before], flow))


def test_a_reason_for_not_knowing_that_is_left_of_all_of_them_is_small_too():
    before = rows(ID, "2023", HACKNEY, five(unknown=6))

    found = guarded_table(rows(ID, "2023", HACKNEY, five(unknown_not_asked=5)), [before])

    assert hidden_groups(found) == ["unknown_not_asked"]


def test_an_earlier_sum_that_the_parts_now_are_more_than_does_not_stand_in_the_way():
    of = {"unknown": 210}
    before = pd.concat(
        [
            rows(ID, "2023", HACKNEY, five(unknown=6)),
            rows(ID_OF, "2023", HACKNEY, dict.fromkeys(five(), 900) | of),
        ]
    )
    now = pd.concat(
        [
            rows(ID, "2023", HACKNEY, five(unknown_not_stated=5)),
            rows(ID_OF, "2023", HACKNEY, dict.fromkeys(five(), 900) | {"unknown_not_stated": 210}),
        ],
        ignore_index=True,
    )

    found = guarded_table(now, [before], said=described())

    # 204 were left of 210 then, and 205 are now; the 6 less the 5 are one person.
    assert (ID, "2023", HACKNEY, "unknown_not_stated") in hidden(found)


def test_the_time_between_two_periods_that_overlap_is_a_count_too():
    longer = rows(ID, "2023-01--2023-06", HACKNEY, five(black=33))
    shorter = rows(ID, "2023-01--2023-05", HACKNEY, {g: n - 10 for g, n in five(black=41).items()})

    found = guarded_table(pd.concat([longer, shorter]))

    # 33 to June, 31 to May: 2 in June.
    assert {key[3] for key in hidden(found)} >= {"black"}
    assert len(hidden(found)) == 2


def test_one_denominator_of_two_indicators_is_withheld_in_both():
    of = {"asian": 100, "black": 4, "mixed": 90, "white": 100, "other": 100}
    few, many = described("few"), described("many")
    table = pd.concat(
        [
            rows("few_hackney_council", "2023", HACKNEY, dict.fromkeys(of, 0)),
            rows("few_hackney_council_of", "2023", HACKNEY, of),
            rows("many_hackney_council", "2023", HACKNEY, five(black=0)),
            rows("many_hackney_council_of", "2023", HACKNEY, of),
        ]
    )

    found = guarded(package_of(table, few, many), DEFINITIONS, [])

    groups = {
        id_: {key[3] for key in hidden(found) if key[0] == id_} for id_ in set(table["series_id"])
    }
    assert "black" in groups["few_hackney_council_of"]
    assert groups["few_hackney_council_of"] == groups["many_hackney_council_of"]


def test_other_areas_and_periods_are_left_alone():
    table = pd.concat(
        [
            rows(ID, "2022", HACKNEY, five()),
            rows(ID, "2023", HACKNEY, five(black=3)),
            rows(ID, "2023", CAMDEN, five()),
        ]
    )

    assert {key[1:3] for key in hidden(guarded_table(table))} == {("2023", HACKNEY)}


def test_in_five_groups_less_is_withheld():
    counts = dict.fromkeys(groups_of("census_2021_19"), 3)
    said = described(denominator=RESIDENTS, counts="events", among=False)
    package = package_of(rows(ID, "2023", HACKNEY, counts), said, classification="census_2021_19")

    detailed = guarded(package, DEFINITIONS, [])
    coarse = guarded(in_five(package, DEFINITIONS), DEFINITIONS, [])

    assert len(hidden(detailed)) == 19
    assert not hidden(coarse)


def test_many_rows_with_hardly_a_small_count_take_no_time():
    many = 40
    tables = [
        rows(ID, str(2000 + n), area.area_code, five(black=3 if n == 7 else 30))
        for n in range(24)
        for area in list(DEFINITIONS.areas.values())[:many]
    ]

    found = guarded_table(pd.concat(tables))

    assert len(hidden(found)) == 2 * many
