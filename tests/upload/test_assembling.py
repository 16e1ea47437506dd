"""From checked figures to a package: every count arrives, as it is."""

from dataclasses import replace
from datetime import date

import pytest
from uploads import DEFINITIONS, answers, described

from loti_dash import catalogue, config
from loti_dash.errors import UnknownCode, UploadRefused
from loti_dash.observation import check
from loti_dash.upload import assembling, checking, reading

TODAY = date(2026, 3, 2)
LABELS = catalogue.labels(config.CATALOGUE)
HACKNEY = "E09000012"
HEADINGS = ("indicator", "area", "period", "ethnic_group", "numerator", "denominator")
FIVE = ("Asian", "Black", "Mixed", "White", "Other")


def five(
    area="Hackney", period="2023/24", counts=(10, 20, 30, 40, 50), of=1000, id_="library_loans"
):
    return [
        (id_, area, period, group, str(count), str(of))
        for group, count in zip(FIVE, counts, strict=True)
    ]


def sheet_of(rows, columns=HEADINGS):
    lines = [",".join(row) for row in [columns, *rows]]
    return reading.read("a.csv", "\n".join(lines).encode())


def package(rows, *said, columns=None):
    sheet = sheet_of(rows, columns or HEADINGS)
    checked = checking.check(sheet, DEFINITIONS, LABELS, today=TODAY)
    return assembling.package(sheet, checked, said, answers(), DEFINITIONS, TODAY)


def loans(**changes):
    return described("library_loans", **({"calendar": "financial"} | changes))


def counts(made, series_id):
    table = made.observations
    of = table[table["series_id"] == series_id]
    return dict(zip(of["group_code"], of["value"], strict=True))


def test_every_count_and_denominator_arrives():
    made = package(five(counts=(10, 20, 30, 40, 50), of=1000), loans())

    groups = ("asian", "black", "mixed", "white", "other")
    assert counts(made, "library_loans_hackney_council") == dict(
        zip(groups, (10, 20, 30, 40, 50), strict=True)
    )
    assert counts(made, "library_loans_hackney_council_of") == dict.fromkeys(groups, 1000)
    assert set(made.observations["area_code"]) == {HACKNEY}
    assert set(made.observations["period_id"]) == {"2023-24"}
    plain = made.observations.astype({"series_id": str, "status": str})
    assert len(check(plain, "made")) == 10


def test_what_is_withheld_or_missing_arrives_as_that():
    rows = five(counts=(10, "[c]", "[x]", "[z]", 50))

    table = package(rows, loans()).observations

    of = table[table["series_id"] == "library_loans_hackney_council"].set_index("group_code")
    assert of["status"].astype(str).to_dict() == {
        "asian": "ok",
        "black": "suppressed",
        "mixed": "not_available",
        "white": "not_applicable",
        "other": "ok",
    }
    assert of["value"].isna().sum() == 3


def test_each_id_of_a_file_has_its_own_series():
    rows = [*five(), *five(id_="visits", counts=(1, 2, 3, 4, 5), of=100)]

    made = package(
        rows,
        loans(),
        described(
            "visits", denominator="census_2021_residents", calendar="financial", among=False
        ),
    )

    assert [one.id for one in made.indicators] == [
        "library_loans_hackney_council",
        "visits_hackney_council",
    ]
    assert counts(made, "visits_hackney_council")["other"] == 5
    # The denominators of the file are left where it is divided by something else.
    assert set(made.observations["series_id"]) == {
        "library_loans_hackney_council",
        "library_loans_hackney_council_of",
        "visits_hackney_council",
    }
    assert len(made.observations) == 15


def test_one_id_of_a_file_can_be_looked_at_alone():
    sheet = sheet_of([*five(), *five(id_="visits")])
    checked = checking.check(sheet, DEFINITIONS, LABELS, today=TODAY)

    alone = assembling.only(checked, "visits")

    said = [described("visits", calendar="financial")]
    made = assembling.package(sheet, alone, said, answers(), DEFINITIONS, TODAY)
    assert set(made.observations["series_id"]) == {
        "visits_hackney_council",
        "visits_hackney_council_of",
    }
    assert len(made.observations) == 10


def test_the_papers_say_nothing_of_the_file_but_how_long_it_is():
    made = package(five(), loans())

    assert (made.source.files[0].name, made.source.files[0].sha256) == ("uploaded figures", "")
    assert made.source.files[0].rows == 5
    assert made.source.id == made.statement.id == made.series[0].source_id


def test_the_same_file_of_two_owners_has_papers_of_its_own():
    one, other = package(five(), loans()), package(five(), loans(owner="Camden Council"))

    assert one.source.id != other.source.id


def test_figures_with_problems_are_not_used():
    with pytest.raises(UploadRefused, match="Correct the file first"):
        package(five(area="Atlantis"), loans())


def test_an_id_that_is_not_described_is_named():
    with pytest.raises(UploadRefused, match="Nothing is said yet of library_loans"):
        package(five())


def test_a_description_of_nothing_in_the_file_is_named():
    with pytest.raises(UploadRefused, match="visits is described and has no figures"):
        package(five(), loans(), described("visits"))


def test_a_column_that_the_file_does_not_have_cannot_be_divided_by():
    rows = [row[:5] for row in five()]
    columns = ("indicator", "area", "period", "ethnic_group", "numerator")

    with pytest.raises(UploadRefused, match="column denominator, which the file does not have"):
        package(rows, loans(), columns=columns)
    made = package(rows, loans(denominator="census_2021_residents"), columns=columns)
    assert len(made.observations) == 5


def test_words_and_codes_are_looked_at_before_anything_is_made():
    with pytest.raises(UploadRefused, match="title has"):
        package(five(), loans(title="<b>"))
    with pytest.raises(UnknownCode):
        package(five(), loans(denominator="nobody"))


@pytest.mark.parametrize("calendar", ["calendar", "census_day"])
def test_a_year_from_one_to_the_next_must_have_a_beginning(calendar):
    with pytest.raises(UploadRefused, match=r"April \(financial\) or in September \(academic\)"):
        package(five(period="2023-24"), loans(calendar=calendar))


@pytest.mark.parametrize("calendar", ["financial", "academic"])
def test_the_beginning_of_a_year_is_what_was_said(calendar):
    made = package(five(period="2023-24"), loans(calendar=calendar))

    assert made.series[0].calendar == calendar


def test_what_the_file_says_of_its_years_is_not_contradicted():
    assert package(five(period="Apr 2023 - Mar 2024"), loans()).series[0].calendar == "financial"
    with pytest.raises(UploadRefused, match="years from April, and its calendar is 'academic'"):
        package(five(period="Apr 2023 - Mar 2024"), loans(calendar="academic"))


@pytest.mark.parametrize("calendar", ["financial", "academic"])
def test_a_year_of_one_number_begins_in_january_or_is_asked_for(calendar):
    assert (
        package(five(period="2023"), loans(calendar="calendar")).series[0].calendar == "calendar"
    )
    with pytest.raises(UploadRefused, match="years such as 2023, which begin in January"):
        package(five(period="2023"), loans(calendar=calendar))


def test_groups_without_mixed_are_what_an_officer_saw_or_lack_a_row():
    four = [row for row in five(period="2023") if row[3] != "Mixed"]

    assert package(four, loans(calendar="calendar", recorded_by="officer"))
    with pytest.raises(UploadRefused, match="Add rows for Mixed"):
        package(four, loans(calendar="calendar", recorded_by="self"))


def test_an_october_stays_an_october():
    made = package(five(period="October 2009"), loans(calendar="financial"))

    assert made.series[0].calendar == "calendar"
    [period] = set(made.observations["period_id"])
    assert (
        DEFINITIONS.period(replace(DEFINITIONS.indicators["stop_and_search"]), period).label
        == "October 2009"
    )
