"""When whom a group is compared with turns the finding round: a rule as in caveat_rules."""

from loti_dash.caveat_view import View, Words, listed


def direction_depends_on_reference(view: View) -> Words:
    """With one reference on offer a group's rate is clearly higher, with another clearly lower.

    Clearly: the interval leaves 1 out, and no count is so low that chance moves it a lot. Where
    the unknown could turn it round as well, it is said to be so among the known.
    """
    here = view.tables.here_by_reference(view.area)
    if here is None:
        return None
    rows = [row for row in here if row.status != "low_counts"]
    ways = {way: [row for row in rows if row.evidence == way] for way in ("higher", "lower")}
    both = {row.group_code for row in ways["higher"]} & {row.group_code for row in ways["lower"]}
    groups = [row for row in view.rows if row.group_code in both]
    if not groups:
        return None
    first, others = groups[0], groups[1:]
    own = {way: [r for r in of if r.group_code == first.group_code] for way, of in ways.items()}
    known = not any(row.robust_to_unknown == "false" for of in own.values() for row in of)
    more = f" The direction also turns for: {view.groups(others)}." if others else ""
    return {
        "group": first.group,
        "among": "" if known else "among those of known ethnicity ",
        "others": more,
    } | {way: listed(row.reference for row in of) for way, of in own.items()}
