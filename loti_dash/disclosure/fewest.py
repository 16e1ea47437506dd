"""The fewest cells to hide in a small table: found exactly, not cell by cell.

One mixed-integer programme for all hidden counts at once: a yes or no for each cell, and a
change for each direction in which a count has to be taken. Its size is cells times changes,
so it is for tables of a borough or two; larger ones keep what `shield` found.
"""

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from loti_dash.disclosure.alternatives import Attacker
from loti_dash.disclosure.sums import Booleans, Floats, Sums

# Cells times changes: more takes longer than what it saves is worth.
LARGEST = 600
# Branches looked at before the best so far is taken: the same on every machine.
BRANCHES = 300


def fewest(
    system: Sums,
    price: Floats,
    attackers: list[Attacker],
    must: Booleans,
    free: Booleans,
    hidden: Booleans,
) -> Booleans:
    """Return the cheapest cells to hide that mislead the attackers as `hidden` does.

    `hidden` itself where the table is too large, or nothing cheaper is found.
    """
    aims = [
        (attacker, cell, sign * attacker.goal[row, cell])
        for attacker in attackers
        for row, sign in enumerate((1, -1))
        for cell in np.flatnonzero(attacker.goal[row])
    ]
    many = len(price)
    if not aims or many * len(aims) > LARGEST:
        return hidden
    farthest = 2 * max(abs(far) for _, _, far in aims)
    low, high = [np.where(must, 1.0, 0.0)], [np.where(free | must, 1.0, 0.0)]
    for attacker, cell, far in aims:
        up, down = np.where(free, np.minimum(attacker.room, farthest), 0.0)
        up[cell], down[cell] = far, -far
        low.append(-down)
        high.append(up)
    one = sparse.eye_array(many)
    changes = sparse.block_diag([one] * len(aims))
    hiding = sparse.vstack([one] * len(aims)) * farthest
    sums = sparse.block_diag([system.matrix] * len(aims))
    none = sparse.csr_array((sums.shape[0], many))
    answer = milp(
        np.concatenate([np.where(must, 0, price), np.zeros(many * len(aims))]),
        bounds=Bounds(np.concatenate(low), np.concatenate(high)),
        integrality=np.concatenate([np.ones(many), np.zeros(many * len(aims))]),
        constraints=[
            LinearConstraint(sparse.hstack([none, sums]), 0, 0),
            # A cell that is not hidden moves in none of the changes.
            LinearConstraint(sparse.hstack([hiding, changes]), 0, np.inf),
            LinearConstraint(sparse.hstack([hiding, -changes]), 0, np.inf),
        ],
        options={"node_limit": BRANCHES},
    )
    if answer.x is None or answer.fun >= price[hidden & ~must].sum():
        return hidden
    found: Booleans = must | (np.asarray(answer.x[:many]) > 0.5)
    return found
