"""A view opened from its own address, by somebody else, shows the same numbers."""

import random

import pytest
from shown import tables
from streamlit.testing.v1 import AppTest

from loti_dash import config, options

ROUTER = config.ROOT / "loti_dash" / "ui" / "router.py"


def visit(home, monkeypatch, page, address):
    """Return what a new visitor sees at an address: the app after its script has run."""
    monkeypatch.setenv("LOTI_HOME", str(home))
    app = AppTest.from_file(str(ROUTER), default_timeout=60).run()
    app.switch_page(f"../../pages/{page}.py")
    app.query_params.clear()
    app.query_params.update(address)
    return app.run()


def seen(app):
    """Return all words and numbers of a page."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "error")
    words = [each.value for kind in kinds for each in getattr(app, kind)]
    return words, [table.to_csv() for table in tables(app)]


@pytest.mark.parametrize("seed", range(20))
def test_an_address_gives_the_same_numbers_in_a_new_browser(home, release, monkeypatch, seed):
    chance = random.Random(seed)
    catalogue = release.catalogue
    choice = release.choices.iloc[chance.randrange(len(release.choices))]
    indicator = catalogue.indicators[choice["indicator_id"]]
    reference = chance.choice(options.references(indicator, catalogue))
    groups = options.groups(indicator, choice["level"], reference, catalogue)
    asked = {
        "indicator": indicator.id,
        "area": choice["area_code"],
        "period": choice["period_id"],
        "classification": choice["level"],
        "reference": reference,
        "group": chance.choice(groups),
    }

    first = visit(home, monkeypatch, indicator.domain, asked)
    address = dict(first.query_params)
    second = visit(home, monkeypatch, indicator.domain, address)

    assert not first.exception
    assert {key: address[key] for key in asked} == asked
    assert dict(second.query_params) == address
    assert seen(second) == seen(first)
    assert seen(first)[1]
