"""Words that no reader may meet, and what to say instead (standards, section 3)."""

import re

RULES = {
    "acronym": (r"\bB\.?A\.?M\.?E\b|\bBME\b|\bPOC\b", re.IGNORECASE),
    "non_white": (r"\bnon[\s‐‑–-]?white\b", re.IGNORECASE),
    "plural_noun": (
        r"\b(?:Blacks|Whites|Asians|Arabs|Gypsies|Travellers)\b(?!['’])",
        0,
    ),
    "mixed": (
        r"\bmixed[\s-]race\b|\bhalf[\s-]caste\b"
        r"|\bMixed (?:people|persons|children|boys|girls|pupils|students|young|men|women|adults"
        r"|residents|households|tenants|applicants|families|parents|patients|offenders|defendants"
        r"|staff|workers|employees|managers)\b",
        re.IGNORECASE,
    ),
    "broad": (r"\b(?:broad|specific) ethnic\b", re.IGNORECASE),
    "race": (
        r"\bracial(?:ly)? (?:group|minorit|background)\w*|\brace (?:group|categor)\w*",
        re.IGNORECASE,
    ),
    "nationality": (
        r"\b(?:Indian|Pakistani|Bangladeshi|Chinese)\s+"
        r"(?:people|pupils|children|residents|men|women)\b",
        0,
    ),
    "lower_case": (
        r"\b(?:black|asian|mixed|white)\s+(?:people|children|residents|pupils|groups?|households"
        r"|african|caribbean|british|irish|other)\b",
        0,
    ),
    "average": (r"\brolling average\b", re.IGNORECASE),
    "compared": (r"\bcompared to\b", re.IGNORECASE),
    "sex": (r"\b(?:females|males)\b", re.IGNORECASE),
    "more_likely": (
        r"\btimes (?:more|less) likely\b|\b\d+(?:\.\d+)?% (?:more|less) likely\b",
        re.IGNORECASE,
    ),
    "across": (r"\bacross all ethnic groups\b", re.IGNORECASE),
    "verdict": (
        r"\b(?:discriminat(?:es|ed|ion by)|biased against|racist)\b",
        re.IGNORECASE,
    ),
    "year": (r"\b20\d\d/\d\d\b", 0),
    "not_significant": (
        r"\b(?:not|non-?)\s?significant(?:ly)?\b|\bno difference\b",
        re.IGNORECASE,
    ),
}


def offences(text: str) -> list[str]:
    """Return the rules that a text breaks, each with what it found."""
    found = []
    for id_, (pattern, flags) in RULES.items():
        found += [f"{id_}: {match.group()!r}" for match in re.finditer(pattern, text, flags)]
    return found
