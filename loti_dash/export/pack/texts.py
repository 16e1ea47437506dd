"""Words that every kind of file can hold: what stands in them is kept, and nothing else is."""

import re
from typing import Any

NOT_GIVEN = "not given"
# What no XML may hold: control signs, and halves of signs.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def plain(words: Any) -> str:
    r"""Return words that every kind of file can hold, or "not given" where there are none.

    >>> plain("one\r\ntwo"), plain(None), plain(2.5), plain("a\x00") == "a\ufffd"
    ('one\ntwo', 'not given', '2.5', True)
    """
    said = "" if words is None or words != words else holdable(str(words)).strip()
    return said or NOT_GIVEN


def holdable(words: str) -> str:
    """Return words with a sign in the place of each that a file cannot hold."""
    return _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", _BREAKS.sub("\n", words))


def cut(words: str, most: int) -> str:
    """Return words in at most so many characters; an ellipsis says that they go on.

    >>> cut("One sentence. Another.", 99), cut("One sentence. Another.", 12)
    ('One sentence. Another.', 'One …')
    """
    if len(words) <= most:
        return words
    whole, _, _ = words[: most - 1].rpartition(" ")
    return f"{whole or words[: most - 2]} …"
