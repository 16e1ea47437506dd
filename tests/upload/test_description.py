"""What an analyst says of figures, and the definitions made of it."""

from dataclasses import replace
from datetime import date

import pytest
from copy_lint import offences
from uploads import DEFINITIONS, described

from loti_dash import catalogue
from loti_dash.definitions import Count, Indicator
from loti_dash.errors import UnknownCode, UploadRefused
from loti_dash.strict import from_table
from loti_dash.upload.defining import indicator, series
from loti_dash.upload.description import (
    OF_THE_FILE,
    indicator_id,
    raise_unless_whole,
    signs,
    slug,
    usual,
)

TODAY = date(2026, 2, 28)


def defined(**changes):
    return indicator(described(**changes), DEFINITIONS, TODAY)


def test_an_id_of_the_catalogue_is_described_as_there():
    found = usual(DEFINITIONS, "looked_after_children", "Hackney Council", False)

    assert found.like == "looked_after_children"
    assert found.title == "Children looked after by the council"
    assert found.denominator == "census_2021_residents_0_17"
    assert (found.counts, found.among, found.per) == ("people", False, 1_000)
    assert (found.stock_or_flow, found.calendar, found.recorded_by) == (
        "stock",
        "calendar",
        "practitioner",
    )


def test_so_is_the_id_of_a_series():
    found = usual(DEFINITIONS, "searches_self_defined", "Hackney Council", False)

    assert found.like == "stop_and_search"
    assert found.counted == DEFINITIONS.indicators["stop_and_search"].numerator.label


def test_a_denominator_of_the_file_comes_first():
    found = usual(DEFINITIONS, "looked_after_children", "Hackney Council", True)

    assert found.denominator == OF_THE_FILE


def test_rates_that_a_publisher_gives_are_nothing_to_divide_by():
    found = usual(DEFINITIONS, "mental_health_detentions", "Hackney Council", False)

    assert found.denominator == "census_2021_residents"
    assert found.denominator_label == "residents"


@pytest.mark.parametrize(("own", "of"), [(True, OF_THE_FILE), (False, "census_2021_residents")])
def test_a_new_id_is_for_the_analyst_to_describe(own, of):
    found = usual(DEFINITIONS, "library_loans", "Hackney Council", own)

    assert (found.like, found.title, found.counted, found.denominator_label) == ("", "", "", "")
    assert (found.denominator, found.among) == (of, own)
    with pytest.raises(UploadRefused, match="library_loans: title is ''"):
        raise_unless_whole(found, DEFINITIONS)


@pytest.mark.parametrize("id_", sorted(DEFINITIONS.indicators))
@pytest.mark.parametrize("own", [True, False])
def test_what_is_usual_is_whole_and_makes_a_definition_like_the_catalogues(id_, own):
    said = usual(DEFINITIONS, id_, "Hackney Council", own)

    raise_unless_whole(said, DEFINITIONS)
    made = indicator(said, DEFINITIONS, TODAY)

    again = from_table(Indicator, catalogue_table(made), "made")
    assert again == made
    assert made.id == f"{id_}_hackney_council"
    # The headline is "... were searched at 2 times the rate" or "... as likely ... to be ...".
    is_rate = made.denominator_type == "events_over_population"
    assert is_rate != made.finding.startswith("to ")
    assert made.denominator_type != "published_rate_only"


def catalogue_table(definition):
    import json

    return json.loads(
        catalogue.one_to_json(definition),
        object_hook=lambda t: date.fromisoformat(t["date"]) if t.keys() == {"date"} else t,
    )


@pytest.mark.parametrize(
    ("changes", "kind", "finding"),
    [
        ({"among": True}, "subset_over_set", "to be counted among warnings given"),
        (
            {"among": False, "counts": "people"},
            "persons_over_population",
            "to be counted among warnings given",
        ),
        (
            {"among": False, "counts": "households"},
            "persons_over_population",
            "to be counted among warnings given",
        ),
        (
            {"among": False, "counts": "events"},
            "events_over_population",
            "were counted in warnings given",
        ),
        (
            {"among": False, "counts": "households", "like": "homelessness_duty_owed"},
            "events_over_population",
            "were owed a homelessness duty",
        ),
        (
            {"among": True, "counts": "households", "like": "homelessness_duty_owed"},
            "subset_over_set",
            "to be counted among warnings given",
        ),
        (
            {"among": False, "counts": "events", "like": "mental_health_detentions"},
            "events_over_population",
            "were detained",
        ),
    ],
)
def test_the_kind_of_rate_and_the_words_of_the_headline_fit(changes, kind, finding):
    made = defined(**changes)

    assert (made.denominator_type, made.finding) == (kind, finding)


def test_households_are_not_called_people():
    assert defined(counts="households").people == "households"
    assert defined(counts="people").people == "people"
    assert defined(counts="people", like="free_school_meals").people == "pupils"
    assert defined(counts="events", like="free_school_meals").people == "people"


@pytest.mark.parametrize(
    ("of", "period"),
    [
        ("census_2021_residents", "2021"),
        ("census_2011_residents", "2011"),
        ("census_2021_households", "2021"),
        ("census_2021_residents_10_17", "2021"),
        ("pupils", "same"),
        (OF_THE_FILE, "same"),
    ],
)
def test_a_denominator_of_a_census_is_always_that_of_its_day(of, period):
    made = defined(denominator=of, denominator_label="those who are there")

    id_ = "warnings_hackney_council_of" if of == OF_THE_FILE else of
    assert made.denominator == Count(id_, "those who are there", period)


def test_where_ages_of_the_city_are_published_with_westminster_counts_are_added_too():
    of_children = defined(denominator="census_2021_residents_10_17")

    assert of_children.joined_areas == {"E09000001": "E09000033"}
    assert of_children.caveats == ("hidden_census_cells", "city_with_westminster")
    assert defined(denominator="census_2021_residents").joined_areas == {}
    assert defined(like="looked_after_children", denominator=OF_THE_FILE).joined_areas == {}


def test_what_is_true_of_a_publishers_counts_is_not_said_of_others():
    made = defined(like="looked_after_children", denominator="census_2021_residents_0_17")

    assert "rounded_to_10" in DEFINITIONS.indicators["looked_after_children"].caveats
    assert "rounded_to_10" not in made.caveats
    assert defined(like="search_to_arrest", counts="events").caveats == ("stage_selection",)


def test_the_figures_get_a_series_named_after_who_counted():
    numerator, denominator = series(described(), "hclic_18", "upload_x")

    assert numerator.series_id == indicator_id(described()) == "warnings_hackney_council"
    assert numerator.title == "Warnings (Hackney Council)"
    assert denominator.series_id == "warnings_hackney_council_of"
    assert denominator.title == "young people known to the service (Hackney Council)"
    assert {one.classification for one in (numerator, denominator)} == {"hclic_18"}
    assert len(series(described(denominator="pupils"), "hclic_18", "upload_x")) == 1


def test_an_owner_is_named_in_letters_that_an_address_can_have():
    with pytest.raises(UploadRefused, match="Write the name in letters from A to Z"):
        raise_unless_whole(described(owner="Ωμέγα"), DEFINITIONS)
    assert slug("  London Borough of Hackney! ") == "london_borough_of_hackney"


def test_the_id_under_which_figures_came_out_means_the_same_figures():
    assert indicator_id(described("warnings_hackney_council")) == "warnings_hackney_council"


@pytest.mark.parametrize("ages", ["all", "10-17", "16 and over", "18"])
def test_ages_are_plain(ages):
    raise_unless_whole(described(ages=ages), DEFINITIONS)
    for wrong in (f"{ages}!", "abc", "90-10"):
        with pytest.raises(UploadRefused, match="ages are"):
            raise_unless_whole(described(ages=wrong), DEFINITIONS)


@pytest.mark.parametrize("name", ["owner", "title", "counted", "denominator_label", "ages"])
@pytest.mark.parametrize("words", ["", "  ", "[here](http://x.example)", "a\nb", "<b>"])
def test_words_that_are_missing_or_no_words_are_refused_by_name(name, words):
    with pytest.raises(UploadRefused, match=f"warnings: {name} "):
        raise_unless_whole(described(**{name: words}), DEFINITIONS)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("denominator", "series to divide by"),
        ("calendar", "calendar"),
        ("like", "indicator to be like"),
    ],
)
def test_codes_there_are_not_are_refused_with_those_there_are(name, kind):
    with pytest.raises(UnknownCode, match=f"no {kind} of warnings has the code 'nonsense'"):
        raise_unless_whole(described(**{name: "nonsense"}), DEFINITIONS)


def test_a_rate_is_for_every_one_or_more():
    with pytest.raises(UploadRefused, match="per is 0"):
        raise_unless_whole(described(per=0), DEFINITIONS)


def test_every_sign_is_named_once():
    assert signs("Children (aged 10 to 17), 5% of 'all', counted at 10:30:00, 1:2:3") == []
    assert signs("*a* <b> #1") == ["#", "*", "<", ">"]
    assert signs("at www.x.example, or https://x :material/lock:") == [
        "://",
        ":material/lock:",
        "www.",
    ]


def test_a_review_a_year_later_is_a_day_there_is():
    leap = indicator(described(), DEFINITIONS, date(2028, 2, 29))

    assert leap.next_review == date(2029, 2, 28)


def test_made_words_are_words_for_readers():
    for counts in ("people", "events", "households"):
        made = defined(counts=counts, among=False)
        assert not offences(f"{made.question} {made.why_it_matters} {made.title}")
        assert replace(made, id="x").question.endswith("more often than others?")
