"""What is downloaded is what is shown: the same rows, the same digits, the same gaps."""

from datetime import date
from io import StringIO

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from taken_views import ADDRESS, taken

from loti_dash.analysis import COLUMNS, REFERENCES
from loti_dash.export.citation import cited
from loti_dash.export.csv import words_csv
from loti_dash.export.papers import papers

CITY = "E09000001"


def read(text, shown):
    kinds = {name: "float" if kind.kind == "f" else "str" for name, kind in shown.dtypes.items()}
    return pd.read_csv(StringIO(text), dtype=kinds, keep_default_na=False, na_values=[""])


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_file_read_back_is_the_table_of_the_page_to_the_last_digit(release, data):
    choices = release.choices
    row = choices.iloc[data.draw(st.integers(0, len(choices) - 1))]
    view = taken(
        release,
        indicator=row["indicator_id"],
        area=row["area_code"],
        period=row["period_id"],
        classification=row["level"],
        reference=data.draw(st.sampled_from(sorted(REFERENCES))),
    )

    shown = view.everywhere.reset_index(drop=True)

    back = read(view.figures_csv(), shown)

    for name in COLUMNS:
        if shown[name].dtype == float:
            assert back[name].equals(shown[name]), name
        else:
            assert back[name].fillna("").to_list() == shown[name].astype(str).to_list(), name


def test_what_a_page_withholds_no_file_has(release):
    view = taken(release, indicator="stop_and_search", area=CITY)

    back = read(view.figures_csv(), view.everywhere)

    own = back[back["area_code"] == CITY]
    assert own["numerator"].notna().any()
    assert own[["rate", "ratio", "ratio_low", "excess", "rate_difference"]].isna().all(axis=None)


def test_the_papers_name_source_licence_release_address_reference_and_unknown(release):
    view = taken(release, indicator="homelessness_duty_owed", area="E09000012", period="2025-Q3")

    said = view.papers()

    assert "Ministry of Housing, Communities and Local Government" in said["Source"]
    assert said["Licence"] == "Open Government Licence v3.0."
    assert said["Release"] == f"{release.release}."
    assert said["Address"] == ADDRESS
    assert "compared with White households" in said["Shown"]
    assert "1.5% of households owed a duty in Hackney" in said["Unknown"]


def test_a_source_without_unknown_ethnicity_is_said_to_be_silent_about_it(release):
    view = taken(release, indicator="social_renting", period="2021")

    assert view.papers()["Unknown"].startswith("The source does not say")


def test_no_sentence_of_the_credit_stands_twice(release):
    for indicator in release.catalogue.indicators.values():
        said = (
            papers(release.catalogue, [indicator], "", "")["Credit"].removesuffix(".").split(". ")
        )
        assert len(said) == len(set(said))
        assert all(said)


def test_below_a_picture_stand_the_worst_cautions_in_full_and_how_many_more_there_are(release):
    view = taken(release, indicator="homelessness_duty_owed", area="E09000012", period="2025-Q3")

    lines = view.below("How to read it.", "")

    worst = [each for each in view.found if each.severity == 3]
    assert worst
    assert all(any(each.text in line for line in lines) for each in worst)
    more = sum(each.severity == 2 for each in view.found)
    assert any(line.endswith(f"at the address below: {more}.") for line in lines)
    assert lines[0] == "How to read it."
    assert ADDRESS in lines[-1]


def test_the_citation_is_the_sentence_and_where_it_is_from(release):
    view = taken(release, indicator="homelessness_duty_owed", area="E09000012", period="2025-Q3")

    sources = view.catalogue.sources_of(view.indicator)
    words = cited(view.finding, view.papers(), sources, "The product", date(2026, 3, 1))
    said, source = words.split("\n\n")

    assert said.startswith(view.finding)
    assert "Ethnicity is not known for 1.5%" in said
    assert source.startswith("Source: Ministry of Housing, Communities and Local Government, ")
    assert source.endswith(
        f"In: The product, release {release.release}, {ADDRESS}, accessed 1 March 2026."
    )
    assert "(published 26 February 2026)" in source


def test_a_table_of_words_has_its_papers_in_columns_of_their_own():
    table = pd.DataFrame({"Ratio": ["2.1"]}, index=pd.Index(["=Black"], name="Ethnicity"))

    back = pd.read_csv(StringIO(words_csv(table, {"Source": "A source"})), dtype=str)

    assert back.to_dict("records") == [
        {"Ethnicity": "'=Black", "Ratio": "2.1", "source": "A source"}
    ]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_of_the_counts_is_taken_for_a_formula(release, sign):
    view = taken(release, indicator="child_custody")
    rows = pd.DataFrame(
        {"area_code": ["K04000001"], "period": ["2022-23"], "series": [f"{sign}1"]}
    )

    back = pd.read_csv(StringIO(view.observations_csv(rows)))

    assert back.loc[0, "series"].startswith(f"'{sign}")
