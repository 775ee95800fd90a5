"""QR codes inside pages; the address beside each says the same in letters."""

from __future__ import annotations

from markupsafe import Markup

from kiosk.qr import qr_path

SVG = (
    '<svg class="qr" viewBox="0 0 {0} {0}" width="{0}" height="{0}" aria-hidden="true" '
    'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{0}v{0}H0z"/>'
    '<path fill="#000" d="{1}"/></svg>'
)


def qr(text: str) -> Markup:
    """Return the code as an inline <svg> on white, whatever the page's colours."""
    code = qr_path(text)
    return Markup(SVG).format(code.size, code.path)  # noqa: S704 - our own pattern
