"""How far a share could be off by chance, for groups as small as ours."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

LEVEL = 0.95  # of confidence


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return the Wilson score interval of `part` of `whole`, as shares from 0 to 1.

    Recommended for small n by Brown, Cai & DasGupta, "Interval Estimation for a Binomial
    Proportion", Statistical Science 16 (2001) 101-133. Raises ValueError unless
    0 <= part <= whole and whole > 0.
    """
    if not 0 <= part <= whole or not whole:
        raise ValueError(f"{part} of {whole} is no share")
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    centre = part + z * z / 2
    spread = z * sqrt(part * (whole - part) / whole + z * z / 4)
    low, high = (centre - spread) / (whole + z * z), (centre + spread) / (whole + z * z)
    return max(0.0, low), min(1.0, high)
