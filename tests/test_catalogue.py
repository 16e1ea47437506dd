"""The catalogue: everything complete, and every mistake an error that names file and key."""

import tomllib

import pytest

from loti_dash import catalogue, config
from loti_dash.caveat_rules import RULES
from loti_dash.errors import CatalogueError

DEFINITIONS = catalogue.read(config.CATALOGUE)
INDICATORS = DEFINITIONS.indicators


@pytest.mark.parametrize("id_", INDICATORS)
def test_an_indicator_is_complete(id_):
    indicator = INDICATORS[id_]
    assert indicator.caveats or indicator.empty, "no figure is without caveats"
    assert indicator.reviewed < indicator.next_review
    assert indicator.question.endswith("?")
    for statement in DEFINITIONS.statements_of(indicator):
        for factor in ("trust", "consent", "power", "transparency", "inclusivity"):
            assert getattr(statement, factor).text
            assert getattr(statement, factor).reference


def test_the_indicators_others_rely_on_are_there():
    relied_on = """
        stop_and_search stop_and_search_officer stop_and_search_all_forces search_to_arrest
        search_to_no_further_action prosecution_to_conviction child_stop_and_search child_arrest
        child_remand child_custody looked_after_children social_workers
        social_work_senior_managers social_work_middle_managers mental_health_detentions
        talking_therapies_finished homelessness_duty_owed temporary_accommodation social_renting
        private_renting home_ownership neet_16_17 suspensions permanent_exclusions
        free_school_meals adult_employment adult_unemployment
    """.split()
    assert set(relied_on) <= set(INDICATORS)


def test_no_caveat_is_left_over_and_every_rule_exists():
    listed = {id_ for indicator in INDICATORS.values() for id_ in indicator.caveats}
    found_by_rule = {id_ for id_, caveat in DEFINITIONS.caveats.items() if caveat.rule}
    assert set(DEFINITIONS.caveats) == listed | found_by_rule
    assert found_by_rule == set(RULES)
    assert all(DEFINITIONS.caveats[id_].rule == id_ for id_ in found_by_rule)


def test_no_statement_is_left_over():
    assert {series.statement for series in DEFINITIONS.series.values()} == set(
        DEFINITIONS.statements
    )


def test_outcomes_name_groups_there_are():
    codes = {group.code for group in DEFINITIONS.groups}
    assert len(DEFINITIONS.outcomes) == 6
    for outcome in DEFINITIONS.outcomes.values():
        assert set(outcome.groups) <= codes
        assert outcome.groups, "an outcome without a named group is not complete"
        for indicator in outcome.indicators:
            assert indicator in INDICATORS


# What a title may call a group of the cohort instead of by its name.
SHORT = {
    "black_african": "Black",
    "black_caribbean": "Black",
    "mixed_white_black_caribbean": "Mixed",
    "white_gypsy_irish_traveller": "Gypsy or Irish Traveller",
}


@pytest.mark.parametrize("id_", DEFINITIONS.outcomes)
def test_the_groups_of_an_outcome_are_those_of_its_cohort_and_no_title_leaves_one_out(id_):
    outcome = DEFINITIONS.outcomes[id_]
    names = {code: SHORT.get(code, DEFINITIONS.short_labels[code]) for code in outcome.groups}
    for code, name in names.items():
        assert name in outcome.outcome.who, f"{code} is not in the cohort"
    named = {"Black", "Mixed", "Bangladeshi", "Pakistani", "Arab", "Gypsy or Irish Traveller"}
    in_cohort = {name for name in named if name in outcome.outcome.who}
    in_title = {name for name in named if name in outcome.title}
    # Some titles begin with young people, whatever their group.
    assert in_title == in_cohort or outcome.title.startswith("Young people")


def test_there_are_33_authorities_and_each_lies_in_london():
    boroughs = [a for a in DEFINITIONS.areas.values() if a.level == "borough"]
    assert [area.area_code for area in boroughs] == [f"E090000{n:02}" for n in range(1, 34)]
    assert {area.parent_code for area in boroughs} == {"E12000007"}


def test_terms_refer_to_terms():
    for term in DEFINITIONS.terms.values():
        assert set(term.see) <= set(DEFINITIONS.terms) | set(DEFINITIONS.caveats), term.id


def test_json_gives_the_same_catalogue_back():
    again = catalogue.from_json(catalogue.to_json(DEFINITIONS))
    assert again.indicators == DEFINITIONS.indicators
    assert again.groups == DEFINITIONS.groups
    assert again.parts == DEFINITIONS.parts
    assert catalogue.to_json(again) == catalogue.to_json(DEFINITIONS)


def changed(data, file, old, new):
    path = data / "catalogue" / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} has {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("indicators/social_renting.toml", "per = 100", "", "lacks per"),
        ("indicators/social_renting.toml", "per = 100", "per = 100\ncolour = 1", "unknown colour"),
        ("indicators/social_renting.toml", "per = 100", 'per = "100"', "per is '100'"),
        ("indicators/social_renting.toml", "per = 100", "per = true", "per is True"),
        ("indicators/social_renting.toml", "reviewed = 2026-11-24", 'reviewed = "soon"', "date"),
        (
            *("indicators/social_renting.toml", 'higher_is = "neutral"', 'higher_is = "good"'),
            "it may be worse, better, neutral",
        ),
        ("indicators/social_renting.toml", 'caveats = ["', 'caveats = ["no_such", "', "no_such"),
        ("indicators/social_renting.toml", "[denominator]", "[denominatr]", "denominat"),
        ("indicators/social_renting.toml", "per = 100", "per = = 100", "cannot be read"),
        (
            *("indicators/looked_after_children.toml", 'E09000001 = "E09000033"'),
            *('E09000001 = "E09000099"', "E09000099"),
        ),
        ("sources/hclic.toml", "publisher = ", "publishr = ", "publishr"),
        ("caveats.toml", "\n[caveat.", "\n[caveats.", "top-level"),
        ("caveats.toml", "severity = 3", "severity = 4", "severity is 4"),
        ("glossary.toml", "meaning = ", "meening = ", "meening"),
        ("outcomes.toml", "who = ", "whom = ", "whom"),
        ("outcomes.toml", "indicators = [", 'indicators = ["no_such", ', "no_such"),
        ("measures.toml", "cannot_say = ", "cannot_tell = ", "unknown cannot_tell"),
        ("measures.toml", 'section = "rates"', 'section = "rate"', "it may be rates"),
        ("measures.toml", 'rate = "group"', 'rate = "grupe"', "arguments.rate is 'grupe'"),
        ("measures.toml", '"Rate" = "rate"', '"Rate" = "rates"', "gives.Rate is 'rates'"),
        ("measures.toml", 'indicator = "home', 'indicator = "no_such_home', "no_such_home"),
        ("measures.toml", 'areas = ["E09000012"]', 'areas = ["E09000099"]', "E09000099"),
        ("measures.toml", 'groups = ["black"]', 'groups = ["blak"]', "'blak'"),
        ("measures.toml", 'periods = ["2025-Q3"]', "periods = []", "at least one"),
        ("series.csv", "series_id,", "serie_id,", "columns"),
        ("series.csv", ",hclic,", ",no_source,", "no_source"),
        ("areas.csv", "E09000012,Hackney,borough,E12000007", "E09000012,H,borough,X", "'X'"),
        ("ethnic_groups.csv", "classification,code", "list,code", "columns"),
    ],
)
def test_a_mistake_is_an_error_that_names_file_and_key(data, file, old, new, says):
    changed(data, file, old, new)
    with pytest.raises(CatalogueError) as error:
        catalogue.read(data / "catalogue")
    assert file.rpartition("/")[2] in str(error.value)
    assert says in str(error.value)


def test_a_file_that_is_not_there_is_named(data):
    (data / "catalogue" / "glossary.toml").unlink()
    with pytest.raises(CatalogueError, match=r"glossary\.toml"):
        catalogue.read(data / "catalogue")


def test_references_are_offered_only_where_the_list_has_them():
    for indicator in INDICATORS.values():
        assert indicator.reference == "white"


def test_every_definition_file_has_the_keys_in_no_other_spelling():
    for path in (config.CATALOGUE / "indicators").glob("*.toml"):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        assert set(table["numerator"]) == {"series", "label", "period"}
