"""What a heading or a cell of a record of a single person looks like: the rules, as expressions.

The expressions are those of the project's standard, letter by letter. What else could match them,
the decimals of a figure, is told apart here.
"""

import re
import unicodedata
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute

from loti_dash.upload.headings import without_signs

_HEADING = re.compile(
    r"(?:(?:first|fore|last|sur|full|middle|given|family|client|child|pupil|parent|carer|applicant"
    r"|tenant)?name|initials|dob|dateofbirth|birth(?:date|day)?|(?:home)?address(?:line\d)?"
    r"|postcode|e?mail(?:address)?|phone|mobile|telephone|nhs(?:no|number)?|upn|uln|uprn|usrn|nino"
    r"|ni(?:no|number)|nationalinsurance(?:no|number)?|pnc(?:id)?|cro"
    r"|(?:case|client|person|pupil|child|record|household|applicant|tenant|custody|crime)"
    r"(?:id|ref|reference|no|number))"
)
PATTERNS = {
    "e-mail address": r"[^\s@]+@[^\s@]+\.[^\s@]+",
    "telephone number": r"(?:\+44|\b0)(?:[\s-]?\d){9,10}\b",
    "full postcode": r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b",
    "National Insurance number": (
        r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
        r"\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b"
    ),
    "unique pupil number": r"\b[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]\b",
    "NHS number": r"\b\d{3}[\s-]?\d{3}[\s-]?\d{4}\b",
    "date of birth": r"\b\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d{2}\b",
    "area below borough": r"\b[EW]0[0125]\d{6}\b",
}
_RULES = {rule: re.compile(pattern) for rule, pattern in PATTERNS.items()}
# For one quick look at all values: what pyarrow's expressions lack is left out, and whatever is
# not plain ASCII is looked at closely, so that nothing is overlooked.
_PERHAPS = "|".join(
    [r"[^\t\n\r -~]", *(re.sub(r"\(\?!.*?\)", "", pattern) for pattern in PATTERNS.values())]
)
# The decimals of a computed figure are no telephone number. What stands before the mark is too
# short to be one.
_DECIMAL = re.compile(r"[+-]?\d{1,9}[.,]\d+")
_OF_DIGITS = ("telephone number", "NHS number")
_LONGEST_PART = 255  # of an e-mail address, before or after the @
RULES = tuple(PATTERNS)


def is_heading_of_person(heading: str) -> bool:
    """Return whether a heading asks for something of a single person.

    >>> is_heading_of_person("Date of birth"), is_heading_of_person("Area name")
    (True, False)
    """
    return bool(_HEADING.fullmatch(without_signs(heading)))


def holds(rule: str, value: str) -> bool:
    """Return whether a value is what a rule names.

    >>> holds("NHS number", "943 476 5919"), holds("NHS number", "943 476 5918")
    (True, False)
    >>> holds("telephone number", "020 7946 0958"), holds("telephone number", "12.0207946095")
    (True, False)
    """
    return any(_holds(rule, each) for each in {value, unicodedata.normalize("NFKC", value)})


def _holds(rule: str, value: str) -> bool:
    if rule in _OF_DIGITS and _DECIMAL.fullmatch(value):
        return False
    if rule == "e-mail address":
        return any(_RULES[rule].search(part) for part in _around_at(value))
    found = _RULES[rule].finditer(value.upper())
    return any(rule != "NHS number" or _is_nhs_number(match.group()) for match in found)


def _around_at(value: str) -> Iterator[str]:
    """Yield what stands around each @: over a long text without blanks the search takes hours."""
    for at in re.finditer("@", value):
        yield value[max(0, at.start() - _LONGEST_PART) : at.end() + _LONGEST_PART]


def _is_nhs_number(written: str) -> bool:
    """Return whether the last of ten digits is the check digit of the others, modulus 11."""
    *digits, check = (int(each) for each in written if each.isdigit())
    weighted = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True))
    return check == -weighted % 11


def suspects(values: pa.StringArray) -> list[str]:
    """Return the values that a closer look may find a rule to hold for."""
    upper = pa.compute.utf8_upper(values)
    found: list[str] = values.filter(pa.compute.match_substring_regex(upper, _PERHAPS)).to_pylist()
    return found
