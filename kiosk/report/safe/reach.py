"""How much each hidden cell adds to the doubt about a number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kiosk.report.safe.attacker import View
from kiosk.report.safe.solver import INFINITE, Array, multipliers
from kiosk.report.safe.tables import Place


def reach(mask: Array, view: View, places: Sequence[Place], true: Array) -> tuple[Array, float]:
    """Return for each cell how far it widens a number's interval if hidden, and the least width.

    The number is the sum under the mask, the cells are those of the latest table with their true
    values. For every set of hidden cells, not only the one in view, the interval is at most as
    wide as the sum of these (by the duality of linear programs, where the bounds of the hidden
    cells change and the multipliers may stay).
    """
    system, latest = view.known.system, len(view.tables) - 1
    mine = [view.known.row_of[latest, place] for place in places]
    low, high = system.lower.copy(), system.upper.copy()
    low[mine] = high[mine] = true
    per_cell, least = np.zeros(len(mine)), 0.0
    for sign in (1, -1):
        down, up = _multipliers(sign * mask, view)
        least += float(up @ high - down @ low)
        per_cell += up[mine] * (view.known.most[mine] - true) + down[mine] * true
    return per_cell, least


def _multipliers(cost: Array, view: View) -> tuple[Array, Array]:
    """Return what moving the lower and the upper bound of each row would do to the least cost."""
    system, x = view.known.system, len(cost)
    rows = np.hstack([system.rows, -np.eye(len(system.rows))])
    low = np.concatenate([np.zeros(x), system.lower])
    high = np.concatenate([np.full(x, INFINITE), system.upper])
    costs = np.concatenate([cost, np.zeros(len(rows))])
    down, up = multipliers(costs, rows, np.zeros(len(rows)), np.vstack([low, high]))
    return down[x:], up[x:]
