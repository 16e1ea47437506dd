"""What an address names: a page, the codes it opens at, and the figure on it.

A view is codes and no figures. Whoever keeps one keeps nothing that is not published: its figure
is made anew from a release.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from loti_dash.errors import LotiError
from loti_dash.export.figure import Figure
from loti_dash.page_figures.at import figure_at
from loti_dash.store import Store

# Codes only: whatever else somebody writes into an address or a file is anybody's words.
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,80}")
_FIGURE = re.compile(r"[A-Za-z0-9_./-]{0,120}")


@dataclass(frozen=True)
class View:
    """One figure of a page, opened at some choices, in a release.

    `page` is the path of its address and `params` are its parameters, sorted, `release` always
    among them. `figure` is what the figure is called on its page; the main one has no name.
    """

    page: str
    params: tuple[tuple[str, str], ...]
    figure: str = ""

    @classmethod
    def at(cls, page: str, params: Mapping[str, str], figure: str = "") -> "View":
        """Return the view of a page at some parameters.

        >>> View.at("housing", {"release": "r1", "area": "E09000012"}).address()
        'housing?area=E09000012&release=r1'
        """
        return cls(
            page, tuple(sorted((key, each) for key, each in params.items() if each)), figure
        )

    @classmethod
    def from_dict(cls, found: Any) -> "View":
        """Return the view that `to_dict` wrote. Raises LotiError for anything else."""
        try:
            view = cls.at(str(found["page"]), dict(found["params"]), str(found["figure"]))
            codes = [view.page, *(each for pair in view.params for each in pair)]
            right = all(_CODE.fullmatch(code) for code in codes) and view.release
        except (KeyError, TypeError, ValueError, AttributeError):
            right = False
        if not right or not _FIGURE.fullmatch(view.figure):
            raise LotiError(
                "This is no view of a page: it needs page, params (with a release) and figure, "
                "all of them codes. Open the page and add the figure anew."
            )
        return view

    def to_dict(self) -> dict[str, Any]:
        """Return the view as it is kept."""
        return {"page": self.page, "params": dict(self.params), "figure": self.figure}

    @property
    def release(self) -> str:
        """The id of the release."""
        return dict(self.params).get("release", "")

    def address(self, base: str = "") -> str:
        """Return the address that opens the view."""
        return f"{base}{self.page}?{urlencode(self.params)}"


def figure_of(store: Store, view: View, base: str = "/") -> Figure:
    """Return the figure of a view, as its page shows it, with the figures of a release.

    `base` stands in front of the address of the page. Raises LotiError where the release has no
    such view, SeriesWithdrawn where its figures were withdrawn, and for figures that are not
    published, of which nothing is made outside the visit that they are of.
    """
    if store.private:
        raise LotiError(
            "These figures are not published, so they can be neither shared nor kept. Send them "
            "in on the page Upload; once they are published, come back."
        )
    at = View.at(view.page, {**dict(view.params), "release": store.release}, view.figure)
    found = figure_at(store, at.page, dict(at.params), at.figure, at.address(base))
    if found is None:
        raise LotiError(
            f"The release {at.release} has no figure at {at.address()} "
            f"({at.figure or 'the main one'}). Open that page and choose one that it shows."
        )
    return found
