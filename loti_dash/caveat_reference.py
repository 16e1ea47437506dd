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
    rows = here[here["status"].ne("low_counts")]
    found = set(zip(rows["group_code"], rows["evidence"], strict=True))
    both = {group for group, _ in found if {(group, "higher"), (group, "lower")} <= found}
    # Nearly always there is none, and every area of a page is asked.
    if not both:
        return None
    groups = view.rows[view.rows["group_code"].isin(both)]
    if groups.empty:
        return None
    ways = {way: rows[rows["evidence"] == way] for way in ("higher", "lower")}
    first, others = groups.iloc[0], groups.iloc[1:]
    own = {way: of[of["group_code"] == first["group_code"]] for way, of in ways.items()}
    known = not any(of["robust_to_unknown"].eq("false").any() for of in own.values())
    more = f" The direction also turns for: {view.groups(others)}." if len(others) else ""
    return {
        "group": str(first["group"]),
        "among": "" if known else "among those of known ethnicity ",
        "others": more,
    } | {way: listed(of["reference"]) for way, of in own.items()}
