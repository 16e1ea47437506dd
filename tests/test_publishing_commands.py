"""The commands of a nightly job, as somebody runs them: status, words, and no traceback."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from loti_dash import access, build, config, releases
from loti_dash.__main__ import main
from loti_dash.state import audit
from loti_dash.upload import template

ANN, BOB, VAL = "ann", "bob", "val"
ROLES = """
[people."ann@council.example"]
roles = ["analyst", "approver"]
areas = ["E09000012"]
account = "ann"

[people."bob@council.example"]
roles = ["analyst", "approver"]
areas = ["all"]
account = "bob"
"""
PAPERS = """
[statement]
owner = "Hackney Council"
contact = "Performance team"
purpose = "Eliminating discrimination"
basis = "Public task, assessment 12"
row = "Young people cautioned in a year"
recorded = "By the person"
unknown = "Counted as Unknown"
denominator = "Young people known to the service, same year"
missing = "Young people cautioned elsewhere"
breaks = "none"
not_for = "Decisions about a person"
correct = "Write to the team"
licence = "Open Government Licence v3.0"
trust = "Some fear that it is shared"
trust_severity = 2
consent = "Asked and may refuse"
consent_severity = 1
power = "Officers decide"
power_severity = 2
transparency = "Counts of the case system"
transparency_severity = 1
inclusivity = "Roma are few"
inclusivity_severity = 2
next_update = 2027-04-30

[figures.young_people_cautioned]
like = ""
title = "Young people cautioned"
counted = "young people cautioned"
domain = "justice"
counts = "people"
denominator = "file"
denominator_label = "young people known to the service"
among = true
per = 100
higher_is = "worse"
stock_or_flow = "flow"
calendar = "financial"
recorded_by = "self"
ages = "10-17"
sensitive = false
"""
WRONG = b"indicator,area,period,ethnic_group,numerator\nwarnings,Atlantis,2023-24,Asian,12\n"
RECORDS = b"name,area,period,ethnic_group,numerator\nPlanted Value,Hackney,2023-24,Asian,1\n"


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """Return a data folder with residents and no more, and a home with a release of it."""
    data = tmp_path_factory.mktemp("small") / "data"
    shutil.copytree(config.CATALOGUE, data / "catalogue")
    (data / "observations").mkdir()
    shutil.copy(config.OBSERVATIONS / "census_2021_residents.csv", data / "observations")
    home = tmp_path_factory.mktemp("first")
    build.build(data, home / "releases", say=lambda _: None)
    return data, home


@pytest.fixture
def files(tmp_path, first, monkeypatch):
    """Return a folder with an upload, its papers and roles, in a home with one release."""
    data, home = first
    shutil.copytree(home, tmp_path / "home")
    (tmp_path / "home" / "roles.toml").write_text(ROLES)
    (tmp_path / "example.csv").write_bytes(template.filled())
    (tmp_path / "papers.toml").write_text(PAPERS)
    monkeypatch.setattr(config, "DATA", data)
    monkeypatch.setenv("LOTI_HOME", str(tmp_path / "home"))
    for name in ("LOTI_MODE", "LOTI_DATABASE_URL", "LOTI_RELEASES"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def run(files, monkeypatch, capsys):
    """Return a function that runs a command as an account: its status, and what it said."""

    def running(account, *arguments):
        monkeypatch.setattr(access, "account", lambda: account)
        status = main([str(each) for each in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return running


def sent(run, files, account=ANN):
    status, said, error = run(
        account, "submit", files / "example.csv", "--papers", files / "papers.toml"
    )
    assert status == 0, error
    return said.split("sent in as ")[1].strip()


def actions():
    return [(each.who, each.action) for each in audit.entries()]


def test_a_good_file_is_said_to_be_usable(run, files):
    status, said, error = run(VAL, "validate", files / "example.csv")

    assert (status, error) == (0, "")
    assert "Read as UTF-8 with a mark" in said or "Read as UTF-8" in said
    assert "6 rows can be used" in said


def test_all_problems_of_a_file_are_said_at_once(run, files):
    path = files / "wrong.csv"
    path.write_bytes(WRONG + b"warnings,Hackney,never,Blck,many\n")

    status, said, error = run(VAL, "validate", path)

    assert status == 1
    for found in ("'Atlantis'", "'never'", "not known: 'Blck'; closest: ", "'many'"):
        assert found in said
    assert said.count("to put right: ") >= 4
    assert "C, period, row 3: " in said
    assert "put right" in error


def test_figures_go_from_one_person_to_another_and_into_a_release(run, files):
    id_ = sent(run, files)

    assert run(BOB, "publish")[1].split("  ")[::2] == [id_, "ann@council.example"]
    status, said, error = run(BOB, "publish", id_, "--note", "cautions of 2023-24")

    assert (status, error) == (0, "")
    name = releases.current_name(config.releases())
    assert said.endswith(f"release {name}\n")
    store = releases.open_(name)
    assert "young_people_cautioned_hackney_council" in store.catalogue.indicators
    counted = store.query(
        "observations_of", series=["young_people_cautioned_hackney_council"], viewer_areas=[]
    )
    assert sorted(counted["value"]) == [6, 9, 12, 17, 38, 41]
    assert "nothing that you may see is waiting" in run(BOB, "publish")[1]
    status, said, _ = run(BOB, "audit", "verify")
    assert status == 0
    done = ["enter release", "publish", "submit"]
    people = ["bob", "bob", "ann"]
    assert actions() == [
        (f"{who}@council.example", what) for who, what in zip(people, done, strict=True)
    ]


def test_the_same_figures_come_again_corrected_in_place_of_the_first(run, files):
    run(BOB, "publish", sent(run, files), "--note", "cautions")
    path = files / "example.csv"
    path.write_bytes(template.filled().replace(b",41,", b",44,"))

    _, said, _ = run(ANN, "submit", path, "--papers", files / "papers.toml")
    status, _, error = run(BOB, "publish", said.split("sent in as ")[1].strip(), "--note", "anew")

    assert "new counts 0, changed 1, as they were 11, not there any more 0" in said
    assert (status, error) == (0, "")
    counted = releases.open_().query(
        "observations_of", series=["young_people_cautioned_hackney_council"], viewer_areas=[]
    )
    assert sorted(counted["value"]) == [6, 9, 12, 17, 38, 44]


def test_figures_with_nothing_to_divide_them_by_are_not_sent_in(run, files):
    path = files / "papers.toml"
    path.write_text(PAPERS.replace('denominator = "file"', 'denominator = "pupils"'))

    status, _, error = run(ANN, "submit", files / "example.csv", "--papers", path)

    assert status == 1
    assert "There is nothing to divide Young people cautioned" in error


def test_what_is_withheld_and_what_is_new_is_said_when_it_is_sent(run, files):
    path = files / "example.csv"
    path.write_bytes(template.filled().replace(b",9,", b",3,"))

    _, said, _ = run(ANN, "submit", path, "--papers", files / "papers.toml")

    assert "1 count from 1 to 4 withheld" in said
    assert "New in this release: 12 counts in 1 period." in said


def test_nobody_publishes_what_they_sent_in(run, files):
    id_ = sent(run, files)

    status, _, error = run(ANN, "publish", id_, "--note", "mine")

    assert status == 1
    assert "somebody else has to publish them" in error
    assert len(releases.names(config.releases())) == 1


@pytest.mark.parametrize("command", ["submit", "publish", "withdraw", "rollback"])
def test_a_visitor_may_do_nothing(run, files, command):
    id_ = sent(run, files)
    name = releases.current_name(config.releases())
    arguments = {
        "submit": [files / "example.csv", "--papers", files / "papers.toml"],
        "publish": [id_, "--note", "x"],
        "withdraw": [name, "--because", "x"],
        "rollback": [name, "--because", "x"],
    }

    status, _, error = run(VAL, command, *arguments[command])

    assert status == 1
    assert error.startswith("error: ")
    assert actions() == [("ann@council.example", "submit")]


def test_figures_of_other_areas_are_not_sent_in(run, files):
    path = files / "example.csv"
    path.write_bytes(template.filled().replace(b"Hackney", b"Camden"))

    status, _, error = run(ANN, "submit", path, "--papers", files / "papers.toml")

    assert status == 1
    assert "for Hackney, not for Camden" in error


def test_what_was_published_is_withdrawn_with_a_notice(run, files):
    id_ = sent(run, files)
    run(BOB, "publish", id_, "--note", "cautions")

    status, said, error = run(BOB, "withdraw", id_, "--because", "a column was shifted")

    assert (status, error) == (0, "")
    assert said.endswith(f"release {releases.current_name(config.releases())}\n")
    assert "young_people_cautioned_hackney_council" not in releases.open_().catalogue.indicators


def test_a_release_is_withdrawn_or_an_earlier_one_made_current(run, files):
    before = releases.current_name(config.releases())
    id_ = sent(run, files)
    run(BOB, "publish", id_, "--note", "cautions")
    after = releases.current_name(config.releases())

    rolled, said, _ = run(BOB, "rollback", before, "--because", "the map was empty")
    assert (rolled, said) == (0, f"the current release is {before}\n")
    taken, said, _ = run(BOB, "withdraw", after, "--because", "the map was empty")
    assert (taken, said) == (0, f"withdrawn; the current release is {before}\n")

    assert actions()[:2] == [
        ("bob@council.example", "withdraw release"),
        ("bob@council.example", "roll back"),
    ]


@pytest.mark.parametrize("command", ["withdraw", "rollback"])
def test_what_was_not_done_is_in_the_audit_as_that(run, files, command):
    name = releases.current_name(config.releases())

    status, _, error = run(BOB, command, name, "--because", "the map was empty")

    assert status == 1
    assert "earlier" in error
    action = {"withdraw": "withdraw release", "rollback": "roll back"}[command]
    assert actions() == [
        ("bob@council.example", f"{action}: not done"),
        ("bob@council.example", action),
    ]


@pytest.mark.parametrize("command", ["rollback", "withdraw", "publish"])
def test_what_is_not_there_is_said(run, files, command):
    more = ["--note", "x"] if command == "publish" else ["--because", "x"]

    status, _, error = run(BOB, command, "2020-01-01.1-00000000", *more)

    assert status == 1
    assert "2020-01-01.1-00000000" in error


def test_without_anything_interrupted_there_is_nothing_to_take_up(run, files):
    assert run(BOB, "publish", "--resume")[:2] == (0, "nothing was interrupted\n")
    assert run(VAL, "publish", "--resume")[0] == 1


def test_an_interrupted_build_is_taken_up(run, files, monkeypatch):
    id_ = sent(run, files)
    with monkeypatch.context() as full:
        full.setattr(build, "_write", lambda *_: (_ for _ in ()).throw(OSError(28, "No space")))
        status, _, error = run(BOB, "publish", id_, "--note", "cautions")
    assert status == 1
    assert "publish --resume" in error

    status, said, _ = run(BOB, "publish", "--resume")

    assert status == 0
    assert said.endswith(f"release {releases.current_name(config.releases())}\n")
    assert len(releases.names(config.releases())) == 2


def test_of_records_of_people_only_rule_rows_columns_and_sum_are_kept(run, files):
    path = files / "records.csv"
    path.write_bytes(RECORDS)

    status, said, error = run(ANN, "submit", path, "--papers", files / "papers.toml")

    assert status == 1
    assert "Planted" not in said + error
    [entry] = audit.entries()
    assert (entry.who, entry.action) == ("ann@council.example", "refuse records of people")
    assert entry.detail.keys() == {"rule", "rows", "columns"}
    assert len(entry.subject) == 64
    for kept in (files / "home").rglob("*"):
        assert not kept.is_file() or b"Planted" not in kept.read_bytes(), kept


def test_validating_leaves_nothing_behind(run, files):
    path = files / "records.csv"
    path.write_bytes(RECORDS)
    before = {kept for kept in (files / "home").rglob("*") if kept.is_file()}

    assert run(ANN, "validate", path)[0] == 1

    after = {kept for kept in (files / "home").rglob("*") if kept.is_file()}
    assert all(b"Planted" not in kept.read_bytes() for kept in after)
    assert not [kept for kept in after - before if kept.suffix == ".csv"]
    assert audit.entries() == []


@pytest.mark.parametrize("missing", ["example.csv", "papers.toml"])
@pytest.mark.parametrize("how", ["gone", "a folder", "not text"])
def test_a_file_that_cannot_be_read_is_named(run, files, missing, how):
    path = files / missing
    path.unlink()
    if how == "a folder":
        path.mkdir()
    elif how == "not text":
        path.write_bytes(b"PK\x03\x04" + bytes(range(256)))

    status, _, error = run(ANN, "submit", files / "example.csv", "--papers", files / "papers.toml")

    assert status == 1
    assert error.startswith("error: ")
    assert "Traceback" not in error


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("[statement]", "[statement"), "cannot be read"),
        (("[statement]", "[words]"), r"needs the tables [statement] and [figures.ID]"),
        (("[figures.young_people_cautioned]", "[figures]"), "needs the tables"),
        (('owner = "Hackney Council"\n', ""), "Who owns these figures?"),
        (('contact = "Performance team"', 'colour = "red"'), "not asked: colour"),
        (("trust_severity = 2", "trust_severity = 9"), "how much it limits use"),
        (('counts = "people"', 'counts = "cats"'), "figures.young_people_cautioned: counts is"),
        (("per = 100\n", ""), "lacks per"),
        (("per = 100", "per = 100\nnumber = 1"), "has unknown number"),
        (("young_people_cautioned]", "warnings]"), "young_people_cautioned"),
        (('denominator = "file"', 'denominator = "cats"'), "no series to divide by"),
        (('title = "Young people', 'title = "<b>Young people'), "title has '<' '>'"),
        (('calendar = "financial"', 'calendar = "calendar"'), "Such a year begins in"),
    ],
)
def test_papers_that_are_wrong_say_where(run, files, change, says):
    path = files / "papers.toml"
    assert change[0] in PAPERS
    path.write_text(PAPERS.replace(*change))

    status, _, error = run(ANN, "submit", files / "example.csv", "--papers", path)

    assert status == 1
    assert says in error


def test_five_groups_are_only_for_detailed_ones(run, files):
    arguments = [files / "example.csv", "--papers", files / "papers.toml", "--five-groups"]

    status, _, error = run(ANN, "submit", *arguments)

    assert status == 1
    assert "leave out --five-groups" in error


@pytest.mark.parametrize(
    "wrong",
    [
        ["validate"],
        ["submit", "x.csv"],
        ["withdraw", "x"],
        ["rollback", "x"],
        ["audit"],
        ["audit", "burn"],
        ["publish", "a", "b"],
    ],
)
def test_wrong_usage_ends_with_2(run, wrong):
    with pytest.raises(SystemExit) as ended:
        run(ANN, *wrong)
    assert ended.value.code == 2


def test_without_a_release_it_says_how_to_make_one(run, files):
    shutil.rmtree(files / "home" / "releases")

    status, _, error = run(ANN, "validate", files / "example.csv")

    assert status == 1
    assert "loti_dash build" in error


def test_an_audit_that_was_changed_is_said(run, files):
    sent(run, files)
    with closing(sqlite3.connect(files / "home" / "state.sqlite")) as db, db:
        made = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in db.execute(made).fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("UPDATE audit SET who = 'nobody'")

    status, _, error = run(BOB, "audit", "verify")

    assert status == 1
    assert error.startswith("error: ")
