"""From a package to what is sent in: ways to publish, what is withheld, what is new."""

from dataclasses import replace

import pandas as pd
import pytest
import submitting
from submitting import anyone
from uploads import CAMDEN, DEFINITIONS, HACKNEY, answers, described, groups_of, package_of, rows

from loti_dash import drafts, submissions
from loti_dash.drafts import AS_IT_IS, IN_FIVE
from loti_dash.errors import LotiError
from loti_dash.submissions import releasing, telling
from loti_dash.upload import reading, statement
from loti_dash.upload.guarding import Guarded
from loti_dash.upload.package import from_json

ID = "warnings_hackney_council"
ANN, BOB = anyone("ann"), anyone("bob")
SAID = described(denominator="census_2021_residents", counts="events", among=False)
SHEET = reading.read(
    "warnings.csv",
    b"indicator,area,period,ethnic_group,numerator\nwarnings,Hackney,2023,Asian,12\n",
)
# Five groups as a borough might count them; each test changes what it is about.
FIVE = {"asian": 40, "black": 30, "mixed": 20, "white": 50, "other": 60}


class Store:
    """A release that has some observations of uploads, and the project's catalogue."""

    release = "2026-03-01.1-00000000"
    catalogue = DEFINITIONS

    def __init__(self, *tables):
        self.table = pd.concat(tables) if tables else rows(ID, "2023", HACKNEY, {})

    def query(self, name, series, viewer_areas):
        assert (name, viewer_areas) == ("observations_of", [])
        return self.table[self.table["series_id"].isin(series)]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    for name in ("LOTI_MODE", "LOTI_DATABASE_URL", "LOTI_RELEASES"):
        monkeypatch.delenv(name, raising=False)
    submitting.put_back_afterwards(monkeypatch)
    submitting.use_plain_builder()
    monkeypatch.setattr(releasing, "build_release", of_names(releasing.build_release))
    for name in ("tell", "correct"):
        monkeypatch.setattr(telling, name, lambda *_: None)


def of_names(plain):
    """Return a builder that gives the plain one no more than the names of indicators."""

    def build(packages, note, say):
        names = [f'"{from_json(text).indicators[0].id}"' for text in packages]
        return plain(names, note, say)

    return build


def package(counts=None, said=SAID, classification="harmonised_5", area=HACKNEY):
    table = rows(ID, "2023", area, counts or FIVE)
    return papered(package_of(table, said, classification=classification))


def papered(made):
    """Return a package whose papers are of the sheet."""
    file = replace(made.source.files[0], name=SHEET.name, sha256=SHEET.sha256)
    return replace(made, source=replace(made.source, files=(file,)))


def draft(made, said=SAID, **changes):
    chosen = drafts.ways(made, Store(), [said])[AS_IT_IS]
    return drafts.draft(chosen, [said], SHEET, {"Blk": "black"}, answers(**changes))


def published(made, said=SAID):
    id_ = submissions.submit(ANN, draft(made, said))
    submissions.publish(BOB, id_, "warnings", lambda _: None)
    return id_


def withheld_groups(way):
    table = way.package.observations
    return sorted(table.loc[table["status"] == "suppressed", "group_code"])


def test_five_groups_have_one_way():
    ways = drafts.ways(package(FIVE | {"black": 3}), Store(), [SAID])

    assert list(ways) == [AS_IT_IS]
    assert withheld_groups(ways[AS_IT_IS]) == ["black", "mixed"]


def test_a_group_without_a_row_is_taken_for_nobody_when_something_is_withheld():
    """Whoever knows that 73 were warned would else take the others from them."""
    [way] = drafts.ways(package({"asian": 40, "black": 3, "white": 30}), Store(), [SAID]).values()

    table = way.package.observations.set_index("group_code")["status"]
    assert table.to_dict() == {
        "asian": "ok",
        "black": "suppressed",
        "white": "suppressed",
        "mixed": "not_available",
        "other": "not_available",
    }
    [alone] = drafts.ways(package({"asian": 40, "black": 3}), Store(), [SAID]).values()
    assert withheld_groups(alone) == ["asian", "black"]


@pytest.mark.parametrize(("few", "first"), [(0, AS_IT_IS), (2, AS_IT_IS), (8, IN_FIVE)])
def test_the_five_come_first_where_detail_is_mostly_holes(few, first):
    groups = groups_of("census_2021_19")
    counts = {group: 3 if n < few else 40 for n, group in enumerate(groups)}

    ways = drafts.ways(package(counts, classification="census_2021_19"), Store(), [SAID])

    assert set(ways) == {AS_IT_IS, IN_FIVE}
    assert next(iter(ways)) == first
    assert ways[IN_FIVE].cells == 5
    assert ways[AS_IT_IS].small == few


def test_a_sensitive_subject_is_protected_as_one():
    said = replace(SAID, sensitive=True)

    [way] = drafts.ways(package(FIVE | {"black": 5}), Store(), [said]).values()

    assert withheld_groups(way) == ["black", "mixed"]
    assert "1 count from 1 to 5 withheld" in drafts.withheld(way, [said])[0]


def test_it_is_said_how_many_are_withheld_and_why():
    made = package()

    assert drafts.withheld(Guarded(made, 0, 0, 5), [SAID]) == [
        "Nothing has to be withheld: no count is small, and none gives one away."
    ]
    first, second, last = drafts.withheld(Guarded(made, 1, 1_200, 5_000), [SAID])
    assert first.startswith("1 count from 1 to 4 withheld")
    assert second.startswith("1,200 counts more withheld")
    assert "rates, ratios, positions" in last
    assert len(drafts.withheld(Guarded(made, 2, 0, 5), [SAID])) == 2


@pytest.mark.parametrize("then", ["published", "replaced", "withdrawn"])
def test_what_was_once_public_counts_as_known(then):
    first = package(FIVE | {"black": 9, "mixed": 10})
    id_ = published(first)
    if then == "replaced":
        published(package(FIVE | {"black": 9, "mixed": 11}))
    elif then == "withdrawn":
        submissions.withdraw(BOB, id_, "a wrong column", lambda _: None)
    now = package(FIVE | {"black": 9, "mixed": 3})

    [way] = drafts.ways(now, Store(), [SAID]).values()

    # Of Black, Asian, White and Other everybody has a copy: hiding them is no use.
    assert withheld_groups(way) == ["mixed"]


def test_without_anything_published_the_smallest_goes_too():
    now = package(FIVE | {"black": 9, "mixed": 3})

    [way] = drafts.ways(now, Store(), [SAID]).values()

    assert withheld_groups(way) == ["black", "mixed"]


def test_what_only_waits_is_not_known():
    submissions.submit(ANN, draft(package(FIVE | {"black": 9, "mixed": 10})))
    now = package(FIVE | {"black": 9, "mixed": 3})

    [way] = drafts.ways(now, Store(), [SAID]).values()

    assert withheld_groups(way) == ["black", "mixed"]


def test_what_was_withheld_stays_so_in_the_next_release():
    published(package(FIVE | {"black": 3}))

    [way] = drafts.ways(package(FIVE | {"black": 30}), Store(), [SAID]).values()

    assert withheld_groups(way) == ["black", "mixed"]


@pytest.mark.parametrize("among", [True, False])
def test_who_is_left_of_a_published_denominator_is_counted_too(among):
    said = described(denominator="pupils", counts="people", among=among)
    of = rows("pupils", "2023", HACKNEY, dict.fromkeys(FIVE, 100)).assign(owner_area=None)
    made = package(FIVE | {"white": 98}, said)

    [way] = drafts.ways(made, Store(of), [said]).values()

    # 2 of 100 were not warned, and everybody knows the 100.
    assert ("white" in withheld_groups(way)) == among
    assert len(way.package.observations) == 5


def test_new_figures_are_counted():
    assert drafts.news(package(), Store()) == [
        "New in this release: 5 counts in 1 period. Nothing that is there changes."
    ]


def test_figures_that_are_there_are_compared_count_by_count():
    there = rows(ID, "2023", HACKNEY, FIVE | {"black": 31, "mixed": "suppressed", "unknown": 7})
    there = there[there["group_code"] != "other"].assign(owner_area=None)
    now = package(FIVE | {"mixed": "suppressed"})

    [line] = drafts.news(now, Store(there))

    assert line == (
        "Beside the release 2026-03-01.1-00000000: new counts 1, changed 1, as they were 3, "
        "not there any more 1."
    )


def test_sums_that_a_release_adds_up_are_no_counts_that_went():
    detailed = {"white_british": 30, "white_irish": 20}
    there = rows(ID, "2023", HACKNEY, detailed | {"white": 50}).assign(owner_area=None)

    [line] = drafts.news(package(detailed, classification="census_2021_19"), Store(there))

    assert "changed 0, as they were 2, not there any more 0" in line


def test_what_is_sent_in_is_protected_and_has_its_papers():
    made = draft(package(FIVE | {"black": 3}), purpose="Fostering good relations")

    inside = from_json(made.package)
    assert withheld_groups(Guarded(inside, 0, 0, 0)) == ["black", "mixed"]
    assert "3.0" not in made.package.split("observations")[1].replace("30.0", "")
    assert "Fostering good relations" in inside.source.note
    assert inside.source.title == "Warnings (Hackney Council)"
    assert inside.statement.trust.text == answers()["trust"]
    assert (made.indicators, made.areas) == ((ID,), (HACKNEY,))
    assert (made.file_name, made.sha256) == ("warnings.csv", SHEET.sha256)
    assert made.hidden == (1, 1)
    assert made.mapping == {"Blk": "black"}
    assert made.replaces == ""
    assert made.rules == {
        "threshold": 5,
        "sensitive": [],
        "sensitive_threshold": 6,
        "groups": ["asian", "black", "mixed", "other", "white"],
    }


def test_what_is_published_says_nothing_by_which_the_file_could_be_known():
    """From a checksum of the file anybody could find small counts, by trying them out."""
    made = draft(package(FIVE | {"black": 3}))
    other = draft(package(FIVE | {"black": 4}))

    assert SHEET.sha256[:16] not in made.package
    assert "warnings.csv" not in made.package
    checksums = {from_json(each.package).source.files[0].sha256 for each in (made, other)}
    assert len(checksums) == 1


def test_the_same_indicators_and_areas_replace_what_is_published():
    id_ = published(package())

    assert draft(package(FIVE | {"black": 31})).replaces == id_
    assert draft(package(area=CAMDEN)).replaces == ""


def test_a_statement_that_is_not_whole_is_not_sent():
    with pytest.raises(LotiError, match="Who is missing"):
        draft(package(), missing="")


def test_figures_and_statement_have_one_owner():
    with pytest.raises(LotiError, match="names Camden Council as owner, the figures Hackney"):
        draft(package(), owner="Camden Council")


def test_papers_can_come_after_the_figures():
    unsaid = statement.nothing_yet("Hackney Council")
    made = package()
    early = replace(made, statement=statement.factors(made.source.id, "Warnings", unsaid))

    later = drafts.with_papers(early, answers(), made.source.published)

    assert later.statement.trust.text == answers()["trust"]
    assert later.observations is early.observations
