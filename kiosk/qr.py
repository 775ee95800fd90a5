"""QR codes as SVG paths, made here and without a bitmap library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kiosk.without import without

with without("PIL"):  # it draws no bitmap here
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M

QUIET_ZONE = 4


@dataclass(frozen=True)
class QrPath:
    """A QR code as one SVG path in a square of `size` units, quiet zone included."""

    size: int
    path: str


@lru_cache(maxsize=8)
def qr_path(text: str) -> QrPath:
    """Return the code of a text (error correction M)."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    matrix = code.get_matrix()
    squares = (
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark
    )
    return QrPath(len(matrix), "".join(squares))


def wifi_text(ssid: str, password: str) -> str:
    r"""Return what phones read as "join this Wi-Fi"; \ ; , : and " are escaped by a backslash."""
    name, secret = (re.sub(r'([\\;,:"])', r"\\\1", text) for text in (ssid, password))
    kind = "WPA" if password else "nopass"
    return f"WIFI:T:{kind};S:{name};P:{secret};;" if password else f"WIFI:T:{kind};S:{name};;"
