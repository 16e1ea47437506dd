"""The product of the ratios of steps that nest, and whether it is the ratio over all of them.

Only where each step counts a part of the one before do ratios of steps multiply to the ratio
over all of them; nowhere else are they multiplied.
"""

from dataclasses import replace
from math import isclose, isnan, prod

import pandas as pd

from loti_dash.processes import Process, Step
from loti_dash.stage_ratios import compared, indicator_in
from loti_dash.store import Store


def chains(process: Process) -> list[list[Step]]:
    """Return the steps that nest one after the other, at least two, after the one they start at.

    Only their ratios may be multiplied: the product is the ratio over all of them.
    """
    of = {step.id: step for step in process.steps}
    found = []
    for step in process.steps:
        chain = [step]
        while chain[0].nests:
            chain.insert(0, of[chain[0].before])
        if len(chain) > 2:
            found.append(chain)
    return found


def products(
    store: Store,
    process: Process,
    there: pd.DataFrame,
    area: str,
    period: str,
    reference: str,
    table: pd.DataFrame,
) -> pd.DataFrame:
    """Return the product of the ratios of steps that nest, beside the ratio over all of them.

    A row for each group: group_code, first, last, ratios, product, cumulative. Missing where one
    of the ratios is. Left out where the two are not the same number: then they do not nest.
    """
    rows = []
    for chain in chains(process):
        whole = replace(chain[-1], before=chain[0].id, nests=True)
        over_all = compared(
            store,
            indicator_in(store, process, whole, there, "previous"),
            period,
            area,
            reference,
        ).set_index("group_code")["ratio"]
        mine = table[table["against"] == "previous"].set_index(["step", "group_code"])["ratio"]
        for group in over_all.index:
            cumulative = float(over_all[group])
            ratios = [float(mine.loc[(step.id, group)]) for step in chain[1:]]
            product = prod(ratios)
            if isnan(product):
                # What is withheld of one step is not given away by all of them together.
                cumulative = product
            elif not isclose(product, cumulative, rel_tol=1e-9):
                continue
            rows.append((group, chain[0].id, chain[-1].id, tuple(ratios), product, cumulative))
    columns = "group_code first last ratios product cumulative".split()
    return pd.DataFrame(rows, columns=columns)
