"""Writing several files as if they were one: figures and their papers never part."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def replace_all(contents: Mapping[Path, str]) -> None:
    """Give every file its new content or, if one of them cannot be replaced, none of them.

    Raises OSError, with everything as it was before.
    """
    waiting = {path: path.with_name(f".{path.name}") for path in contents}
    before = {path: path.read_bytes() for path in contents if path.exists()}
    replaced: list[Path] = []
    try:
        # Only once all are on the disk, which is where writing fails.
        for path, content in contents.items():
            waiting[path].write_text(content, encoding="utf-8", newline="\n")
        for path in contents:
            waiting[path].replace(path)
            replaced.append(path)
    except BaseException:
        for path in replaced:
            if path in before:
                path.write_bytes(before[path])
            else:
                path.unlink()
        raise
    finally:
        for each in waiting.values():
            with suppress(OSError):
                each.unlink()
