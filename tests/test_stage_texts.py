"""What is said of steps, word by word, for each kind of finding."""

import pytest
from copy_lint import offences

from loti_dash import catalogue as catalogue_of
from loti_dash import config, stage_choices, stage_lines, stage_tables, stage_texts
from loti_dash.charts import stages as chart
from loti_dash.selection import Selection
from loti_dash.stage_choices import StageSelection
from loti_dash.stages import stages

HACKNEY, LONDON, NATION = "E09000012", "E12000007", "K04000001"
# Black residents are searched at (300 / 3,000) / (600 / 12,000) = 2 times the White rate.
DRAWN = """
    series                        | period  | area      | group              | value | status
    searches_self_defined         | 2018-04 | E09000012 | white_british      |   600 | ok
    searches_self_defined         | 2018-04 | E09000012 | black_african      |   300 | ok
    searches_self_defined         | 2018-04 | E09000012 | asian_indian       |   {asian} | ok
    searches_self_defined         | 2018-04 | E09000012 | unknown_not_stated |   {unknown} | ok
    searches_to_arrest            | 2018-04 | E09000012 | white_british      |   120 | ok
    searches_to_arrest            | 2018-04 | E09000012 | black_african      |   {arrests} | ok
    searches_to_arrest            | 2018-04 | E09000012 | asian_indian       |     0 | ok
    searches_to_arrest            | 2018-04 | E09000012 | unknown_not_stated |     0 | ok
    searches_to_no_further_action | 2018-04 | E09000012 | white_british      |   400 | ok
    searches_to_no_further_action | 2018-04 | E09000012 | black_african      |     - | suppressed
    searches_to_no_further_action | 2018-04 | E09000012 | asian_indian       |    40 | ok
    searches_to_no_further_action | 2018-04 | E09000012 | unknown_not_stated |     0 | ok
    census_2021_residents         | 2021    | E09000012 | white_british      | 12000 | ok
    census_2021_residents         | 2021    | E09000012 | black_african      |  3000 | ok
    census_2021_residents         | 2021    | E09000012 | asian_indian       |  1000 | ok
"""


# A group is the sum of all its parts, so each must have a row.
LISTS = {
    "searches_self_defined": ("2018-04", "police_self_16p1"),
    "searches_to_arrest": ("2018-04", "police_self_16p1"),
    "searches_to_no_further_action": ("2018-04", "police_self_16p1"),
    "census_2021_residents": ("2021", "census_2021_19"),
}
NOBODY_ELSE = "".join(
    f"    {series} | {period} | E09000012 | {group.code} | 0 | ok\n"
    for series, (period, of_list) in LISTS.items()
    for group in catalogue_of.read(config.CATALOGUE).groups
    if group.classification == of_list
    and "unknown" not in group.code
    and group.code not in ("white_british", "black_african", "asian_indian")
)


@pytest.fixture
def drawn(make_store):
    """Return a function that draws searches in Hackney and returns what is said of a group."""

    def draw(group="black", arrests=90, unknown=0, asian=50):
        table = DRAWN.format(arrests=arrests, unknown=unknown, asian=asian)
        store = make_store(table + NOBODY_ELSE)
        process = store.catalogue.processes["searches"]
        found = stages(store, process, HACKNEY, "2018-04", "white")
        return store.catalogue, found, found.table[found.table["group_code"] == group]

    return draw


def test_a_difference_at_the_first_step_that_grows_at_the_next(drawn):
    """90 of 300 against 120 of 600: 1.5 times the White share, 1.18 to 1.89 (Koopman)."""
    catalogue, found, rows = drawn()

    assert stage_texts.headline(catalogue, found, rows) == (
        "In Hackney, Black people were searched at 2.0 times the rate of White people (1.7 to "
        "2.3), April 2018: the difference is there at the first step. From one step to the next "
        "the ratio rises at arrest (1.5 times). There is no such ratio at no further action."
    )
    search, arrest, no_action = stage_lines.lines(catalogue, found, rows)
    assert search == (
        "**Search.** Black people were searched at 2.0 times the rate of White people (1.7 to "
        "2.3), set against residents."
    )
    assert arrest == (
        "**Arrest.** Black people were arrested after a search at 3.0 times the rate of White "
        "people (2.3 to 3.9), set against residents. Set against searches of people, the step "
        "before, the ratio is 1.5 (1.2 to 1.9): it rises here. These searches are a part of all "
        "searches."
    )
    assert no_action == (
        "**No further action.** The count is withheld so that nobody can be recognised."
    )
    assert stage_texts.chart_title(rows) == (
        "Black compared with White: higher at the first step; rises at arrest"
    )


def test_a_difference_that_shrinks_at_the_next_step(drawn):
    """30 of 300 against 120 of 600: half the White share."""
    catalogue, found, rows = drawn(arrests=30)

    assert "the ratio falls at arrest (0.5 times)" in stage_texts.headline(catalogue, found, rows)
    arrest = stage_lines.lines(catalogue, found, rows)[1]
    assert "the ratio is 0.5 (0.3 to 0.7): it falls here." in arrest
    # As many arrests of residents as of White residents: no claim that they are the same.
    assert "the ratio is 1.0, and could be 0.7 to 1.5: we cannot tell whether it is" in arrest


def test_a_step_at_which_it_cannot_be_told(drawn):
    """60 of 300 against 120 of 600: the same share, and the interval contains 1."""
    catalogue, found, rows = drawn(arrests=60)

    assert stage_texts.headline(catalogue, found, rows).endswith(
        "the difference is there at the first step. We cannot tell whether the ratio rises or "
        "falls at arrest. There is no such ratio at no further action."
    )
    assert (
        "we cannot tell whether it rises or falls here."
        in stage_lines.lines(catalogue, found, rows)[1]
    )


def test_a_first_step_that_those_of_unknown_ethnicity_could_turn_round(drawn):
    """350 unknown of 1,300: were all White, 950 / 12,000, the Asian rate would be lower."""
    catalogue, found, rows = drawn("asian", unknown=350, asian=75)

    assert stage_texts.headline(catalogue, found, rows).startswith(
        "In Hackney, among people whose ethnicity is known, Asian people were searched at 1.5 "
        "times the rate of White people (1.2 to 1.9), April 2018. Those of unknown ethnicity "
        "could turn it round, so we cannot tell whether the difference is there at the first "
        "step."
    )
    assert stage_texts.unknown(rows) == (
        "Ethnicity is not known for 26% of searches of people and 0% of searches that led to an "
        "arrest."
    )


def test_a_first_step_that_is_uncertain(drawn):
    """50 of 1,000 is the White rate; Wilson of 50 / 650 gives 0.750 to 1.333."""
    catalogue, found, rows = drawn("asian")

    assert stage_texts.headline(catalogue, found, rows).startswith(
        "In Hackney, we cannot tell whether Asian people were searched at a higher or a lower "
        "rate than White people, April 2018. The ratio is 1.0, and could be 0.8 to 1.3."
    )


def test_with_too_many_unknown_there_is_no_ratio_at_any_step_set_against_them(drawn):
    """500 unknown of 1,450 searches are 34%."""
    catalogue, found, rows = drawn(unknown=500)

    assert rows["ratio"].notna().sum() == 1
    assert stage_texts.headline(catalogue, found, rows) == (
        "In Hackney, April 2018, we cannot tell whether there is a difference at the first step: "
        "ethnicity is unknown for 34% of searches of people in Hackney, April 2018. With so many "
        "unknown, a ratio could be far from the truth in either direction. No later step has a "
        "ratio against the step before."
    )


def test_few_counted_is_said(drawn):
    catalogue, found, rows = drawn(arrests=9)

    assert (
        "Fewer than 10 counted: this may change a lot by chance."
        in stage_lines.lines(catalogue, found, rows)[1]
    )


def test_equal_rates_late_in_a_process_are_never_called_fair():
    assert stage_texts.CLOSING == (
        "Equal rates late in a process after an unequal entry are no evidence of fairness: those "
        "selected differ. A ratio shows a difference. It does not show why."
    )
    assert not offences(stage_texts.CLOSING)


def test_what_is_shown_is_repeated(drawn):
    assert stage_texts.selection(*drawn()) == (
        "From a search to its outcome. Shown for Hackney, April 2018: each step, set against "
        "residents and against the step before it, for Black people compared with White people."
    )


def test_the_table_names_what_each_ratio_is_set_against_when_and_where(drawn):
    _, _, rows = drawn()
    table = stage_tables.by_step(rows).map(lambda cell: cell.replace("\N{NO-BREAK SPACE}", " "))

    assert list(table.index) == ["Search", "Arrest", "No further action"]
    assert table.loc["Arrest"].to_dict() == {
        "Count": "90 searches that led to an arrest",
        "Ratio against the population, and how sure": "3.00 (2.28 to 3.94), higher",
        "Population": "3,000 residents (Census Day, 21 March 2021)",
        "Ratio against the step before, and how sure": "1.50 (1.18 to 1.89), higher",
        "Step before": "300 searches of people (April 2018)",
        "Ethnicity not known": "0%",
        "Period": "April 2018",
        "Place": "where it happened",
    }
    assert table.loc["No further action", "Count"].startswith("[c] ")
    assert table.loc["Search", "Step before"] == "[z]"


def test_the_text_in_place_of_the_chart_has_numbers_of_the_table(drawn):
    _, found, rows = drawn()

    assert stage_texts.alt(found, rows) == (
        "Chart of ratios by step in Hackney, April 2018. From a search to its outcome. Black "
        "compared with White. Search, against residents: 2.00 (1.74 to 2.30). Arrest, against "
        "searches of people: 1.50 (1.18 to 1.89). Ethnicity is not known for 0% of searches of "
        "people and 0% of searches that led to an arrest. The same figures are in the table below."
    )


def test_the_chart_tells_by_shape_what_a_ratio_is_set_against_and_by_fill_how_sure(drawn):
    _, _, rows = drawn(arrests=60)
    figure = chart.steps(rows)
    clear, unclear, _ = figure["data"]

    # Searches of residents are clearly more; arrests of residents too; of searches we cannot tell.
    assert clear["marker"]["symbol"] == ["circle", "circle"]
    assert unclear["marker"]["symbol"] == ["triangle-up-open"]
    assert (clear["y"], unclear["y"]) == ([0, 1], [2])
    assert figure["layout"]["xaxis"]["type"] == "log"
    labels = figure["layout"]["yaxis"]["ticktext"]
    assert labels[0] == "<b>Search</b><br>against residents"
    assert labels[2] == "against searches<br>of people"
    assert len(labels) == 5
    assert figure["layout"]["yaxis2"]["ticktext"][4] == "[c] withheld"
    how = chart.how_to_read(rows)
    assert "Circle: set against the population" in how
    assert "Triangle: set against the step before" in how
    assert "Open with a dot" not in how


def test_a_chart_without_any_ratio_is_not_drawn(drawn):
    _, _, rows = drawn("mixed")

    assert chart.steps(rows) is None
    assert chart.how_to_read(rows) == ""


def test_a_process_without_a_population_has_no_lines_for_it(release):
    process = release.catalogue.processes["adults"]
    table = stages(release, process, NATION, "2017", "white").table
    rows = table[table["group_code"] == "black"]

    assert set(chart.drawn(rows)["against"]) == {"previous"}


def test_an_address_is_honoured_or_the_nearest_is_shown_with_a_line(release):
    asked = StageSelection("nonsense", "nonsense", "nonsense", "nonsense", "nonsense")
    shown, offered, lines = stage_choices.honoured(release, asked)

    assert (shown.process, shown.area, shown.group) == ("children", NATION, "black")
    assert (shown.period, shown.reference) == ("2024-25", "white")
    assert len(lines) == 5
    assert not [each for line in lines for each in offences(line)]
    assert offered.areas == {LONDON: "London", NATION: "England and Wales"}
    again, _, none = stage_choices.honoured(release, shown)
    assert (again, none) == (shown, [])


def test_what_was_looked_at_before_is_kept_where_as_many_steps_have_figures(release):
    by_indicator, _, _ = stage_choices.honoured(
        release, StageSelection(), "homelessness_duty_owed", HACKNEY
    )
    assert (by_indicator.process, by_indicator.area) == ("homelessness", HACKNEY)

    # London has figures on one of the six steps of children only.
    children, _, lines = stage_choices.honoured(
        release, StageSelection(process="children"), usual_area=LONDON
    )
    assert (children.area, lines) == (NATION, [])


def test_areas_published_together_are_one(release):
    shown, offered, lines = stage_choices.honoured(
        release, StageSelection(process="social_workers", area="E09000001")
    )

    assert shown.area == "E09000033"
    assert offered.areas["E09000033"] == "Westminster with City of London"
    assert len(lines) == 1


def test_an_address_keeps_what_it_does_not_say_from_the_page_before():
    last = Selection(group="mixed", reference="all", area=HACKNEY)

    read = StageSelection.from_params({"process": "adults", "indicator": "x"}, last)

    assert read.to_params() == {"process": "adults", "group": "mixed", "reference": "all"}
