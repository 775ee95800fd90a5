"""Integer and linear programs, solved by HiGHS: the same input always gives the same answer."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

Array = npt.NDArray[np.float64]
INFINITE = np.inf


class NotSolved(RuntimeError):
    """A program that must have a solution was not solved: a mistake in this package."""


def cheapest(
    cost: Array, rows: Array, lower: Array, upper: Array, box: Array, *, whole: bool = True
) -> Array | None:
    """Return the x within box (2 × variables) with least cost and lower ≤ rows·x ≤ upper.

    None if there are none. With `whole` x is integer; without, it may happen to be.
    """
    within = [LinearConstraint(csr_array(rows), lower, upper)] if len(rows) else []
    found = milp(
        cost,
        integrality=np.full(len(cost), int(whole)),
        bounds=Bounds(box[0], box[1]),
        constraints=within,
        options={"mip_rel_gap": 0},
    )
    if found.status == 2:
        return None
    if found.x is None or found.status != 0:
        raise NotSolved(found.message)
    return np.asarray(np.round(found.x) if whole else found.x, dtype=np.float64)


def multipliers(cost: Array, rows: Array, right: Array, box: Array) -> tuple[Array, Array]:
    """Return what moving each bound in would add to the least cost: lower bounds, then upper ones.

    It is the cost of an x within box (2 × variables) with rows·x = right.
    """
    bounds = [(float(low), float(high)) for low, high in box.T]
    found = linprog(cost, A_eq=rows, b_eq=right, bounds=bounds, method="highs-ds")
    if found.status != 0:
        raise NotSolved(found.message)
    return (
        np.maximum(np.asarray(found.lower.marginals, dtype=np.float64), 0),
        np.maximum(-np.asarray(found.upper.marginals, dtype=np.float64), 0),
    )
