"""What visits share: published figures alone, through one module."""

import pytest

from loti_dash import config
from loti_dash.own_figures import NOT_PUBLISHED
from loti_dash.store import Store
from loti_dash.ui.published import remembered


class Private(Store):
    """A visit's own figures, as far as the cache looks at a store."""

    def __init__(self, release, private):
        self.release, self.private = release, private


def test_of_published_figures_a_result_is_kept_and_of_private_ones_none():
    calls = []

    @remembered(10)
    def counted(_store, name):
        calls.append((_store.release, name))
        return len(calls)

    published, own = Private("2026-01-01.1-a", False), Private(NOT_PUBLISHED, True)

    assert [counted(published, "a"), counted(published, "a")] == [1, 1]
    assert [counted(own, "a"), counted(own, "a")] == [2, 3]
    assert counted(published, "a") == 1


@pytest.mark.parametrize("name", ["cache_data", "cache_resource"])
def test_only_one_module_uses_the_cache_that_visits_share(name):
    modules = [*(config.ROOT / "loti_dash").rglob("*.py"), *(config.ROOT / "pages").glob("*.py")]
    using = [
        path.name
        for path in modules
        if f"@st.{name}" in path.read_text("utf-8") or f"st.{name}(" in path.read_text("utf-8")
    ]

    assert using == (["published.py"] if name == "cache_data" else [])
