"""What was sent stays as it was; what changed since is named in old words and new ones."""

from datetime import UTC, datetime

from sharing import DUTIES, NEW_WORDS, OLD_WORDS, OUTCOME, link, view

from loti_dash import analysis, notices, releases, tables
from loti_dash.notices import Notice
from loti_dash.shares import board_pack, changes, opening

BEFORE = "The council that records the household also decides whether it owes a duty. " + OLD_WORDS
AFTER = "The council that records the household also decides whether it owes a duty. " + NEW_WORDS


def since(id_):
    of = opening.opened(id_)
    return of, changes.since(of.sent, releases.open_())


def test_a_link_shows_the_numbers_and_words_that_were_sent_whatever_is_published_later(folder):
    first, second = releases.names(folder)
    id_ = link()

    of = opening.opened(id_)

    # 450 / 30,000 = 15.0 and 200 / 40,000 = 5.0 for every 1,000; 15 / 5 = 3.
    [item] = of.sent.items
    assert (of.sent.release, item.params["release"]) == (first, first)
    black = next(row for row in item.table.rows if row[0] == "Black")
    assert black[1].startswith("3.00 (")
    assert "450" in black
    assert "Black households were owed a homelessness duty at 3.0 times" in item.sentence
    assert BEFORE in [each.text for each in item.cautions]
    assert releases.current_name(folder) == second


def test_what_changed_since_is_named_exactly_figures_with_old_new_and_why_and_caveats(folder):
    _, second = releases.names(folder)

    of, found = since(link())

    [item] = found.items
    # 510 / 30,000 = 17.0; 17 / 5 = 3.4, and 510 - 30,000 * 5 / 1,000 = 360 more (300 before).
    now = {each.what: (each.old, each.new) for each in item.figures}
    assert now["Black, Count"] == ("450", "510")
    assert [each[:4] for each in now["Black, Ratio"]] == ["3.00", "3.40"]
    assert set(now) == {
        "The sentence",
        "Black, Ratio",
        "Black, Count",
        *(f"Black, {head}" for head in of.sent.items[0].table.heads[5:]),
    } - {"Black, Ratio, lowest to highest with the unknown"}
    assert item.why == (f"Release {second}: Hackney has counted again",)
    assert [(each.what, each.old, each.new) for each in item.cautions] == [
        ("reworded", BEFORE, AFTER)
    ]
    lines = board_pack.changed(of.sent, found, of.withdrawn)
    assert any("Black, Count: 450 as sent, 510 now." in line for line in lines)
    assert any(BEFORE in line and AFTER in line for line in lines)


def test_what_is_compared_is_what_the_comparison_table_has_in_each_release(folder):
    of, found = since(link())

    [item], first = of.sent.items, releases.open_(of.sent.release)
    for store, side in ((first, "old"), (releases.open_(), "new")):
        indicator = store.catalogue.indicators["homelessness_duty_owed"]
        rows = analysis.compare(store, indicator.id, "2025-Q3")
        table = tables.by_group(rows[rows["area_code"] == item.params["area"]], indicator)
        plain = table.map(lambda cell: cell.replace("\N{NO-BREAK SPACE}", " "))
        for each in found.items[0].figures:
            if each.what != "The sentence":
                row, head = each.what.split(", ", 1)
                assert getattr(each, side) == plain.loc[row, head]


def test_a_correction_is_the_why_and_is_told(folder):
    _, second = releases.names(folder)
    id_, today = link(), datetime.now(UTC).date()
    notices.add(
        folder,
        Notice("correction", today, DUTIES, "Duties owed", "two rows were swapped", second),
    )

    of, found = since(id_)

    assert any("because two rows were swapped." in line for line in found.items[0].why)
    assert any("two rows were swapped" in line for line in found.notices)
    assert not of.withdrawn


def test_nothing_changed_is_said_to_be_so(folder):
    _, second = releases.names(folder)
    _, found = since(link(view(release=second)))

    assert found.nothing
    assert found.release == second


def test_an_item_that_is_no_longer_there_is_said_to_be_gone_and_stays_as_sent(folder):
    _, second = releases.names(folder)
    id_ = link()
    releases.withdraw_series(DUTIES, "the wrong quarter")
    notice = notices.all_(folder)[0]
    # Withdrawn from the second release on: the first still has it.
    path = next((folder / "notices").glob("*.json"))
    path.write_text(
        path.read_text().replace('"since_release": ""', f'"since_release": "{second}"')
    )
    (folder / "notices" / "touched").mkdir()

    of, found = since(id_)

    assert notice.subject == DUTIES
    assert not of.withdrawn
    assert "withdrawn" in found.items[0].gone
    assert "450" in str(of.sent.items[0].table.rows)


def test_words_of_the_outcome_stay_as_they_were_sent(folder):
    of = opening.opened(link())

    assert [(each.what, each.due) for each in of.sent.actions] == [
        ("Ask at first contact", "31 January 2026")
    ]
    assert of.sent.decision == OUTCOME.decision_asked
    assert "Letters come too late." in [each.answer for each in of.sent.outcome]
