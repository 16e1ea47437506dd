"""What is kept of an uploaded file on its way to being sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from loti_dash.store import Store
from loti_dash.upload.description import Described
from loti_dash.upload.guarding import Guarded
from loti_dash.upload.package import Package
from loti_dash.upload.sheet import Checked, Sheet


@dataclass(frozen=True)
class Own:
    """An uploaded file on its way: what was read, checked and said of it so far.

    `store` is what the pages draw, once every id in the file is described, and `told` the answers
    of the statement that it repeats. `ways` are the ways to publish it beside the release
    `ways_beside`. `sent` is the id of the submission, once it was sent.
    """

    sheet: Sheet
    checked: Checked
    mapping: dict[str, str]
    described: tuple[Described, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    package: Package | None = None
    store: Store | None = None
    ways: Mapping[str, Guarded] = field(default_factory=dict)
    ways_beside: str = ""
    sent: str = ""
