"""A visitor without a browser: opens pages over Streamlit's websocket, as a browser does.

For benchmarks and tests. What comes back is not drawn, only read.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

SECONDS = 60.0


@dataclass(frozen=True)
class Drawn:
    """A page as it came: how long it took, how large it is, and its parts.

    `ended` is whether its script ran to its end. `failed` is what Streamlit shows of an error
    that nobody foresaw, or "".
    """

    seconds: float
    received: int
    elements: tuple[Element, ...]
    ended: bool
    failed: str

    @property
    def parts(self) -> set[str]:
        """The kinds of its parts, as Streamlit calls them."""
        return {each.WhichOneof("type") or "" for each in self.elements}

    @property
    def words(self) -> str:
        """All that it says, charts apart: those are numbers, and long."""
        return "\n".join(str(each) for each in self.elements if not each.HasField("plotly_chart"))


class Visit:
    """One open tab."""

    def __init__(self, base: str, line: ClientConnection) -> None:
        self._base, self._line = base, line
        self.session = ""

    async def open(self, page: str = "", query: str = "") -> Drawn:
        """Open a page in the tab, and wait until it is drawn. Raises TimeoutError."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        asked.rerun_script.context_info.url = f"{self._base}/{page}"
        asked.rerun_script.context_info.timezone = "Europe/London"
        began = time.perf_counter()
        await self._line.send(asked.SerializeToString())
        return await self._until_drawn(began)

    async def _until_drawn(self, began: float) -> Drawn:
        received, elements, failed = 0, [], ""
        while True:
            left = SECONDS - (time.perf_counter() - began)
            async with asyncio.timeout(left):
                raw = await self._line.recv()
            assert isinstance(raw, bytes), "Streamlit's messages are bytes"
            received += len(raw)
            message = ForwardMsg.FromString(raw)
            if message.HasField("new_session"):
                self.session = message.new_session.initialize.session_id
            if message.HasField("delta"):
                element = message.delta.new_element
                elements.append(element)
                failed = failed or element.exception.message
            if message.HasField("script_finished"):
                status = message.script_finished
                # Only a part, or the run that this one replaced, goes on.
                if status in (
                    ForwardMsg.FINISHED_EARLY_FOR_RERUN,
                    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
                ):
                    continue
                seconds = time.perf_counter() - began
                ended = status == ForwardMsg.FINISHED_SUCCESSFULLY
                return Drawn(seconds, received, tuple(elements), ended, failed)


@asynccontextmanager
async def visit(base: str, cookies: Mapping[str, str] | None = None) -> AsyncIterator[Visit]:
    """Open a tab at the dashboard of an address, with the cookies of whoever signed in."""
    of_tab = dict(cookies or {})
    held = "; ".join(f"{name}={value}" for name, value in of_tab.items())
    token = of_tab.get("_streamlit_xsrf", "")
    async with connect(
        f"ws://{urlsplit(base).netloc}/_stcore/stream",
        origin=base,  # type: ignore[arg-type]
        subprotocols=["streamlit", token] if token else ["streamlit"],  # type: ignore[list-item]
        additional_headers={"Cookie": held} if held else None,
        max_size=None,
        compression=None,
        proxy=None,
        open_timeout=SECONDS,
    ) as line:
        yield Visit(base, line)
