"""Styles, scripts and icons that travel inside each page, and the policy that allows just them."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

from markupsafe import Markup

from kiosk.paths import bundled

POLICY = (
    "default-src 'none'; style-src {styles}; script-src {scripts}; font-src 'self'; "
    "connect-src 'self'; img-src data:; media-src 'self' blob:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
SCRIPTS = (
    "early.js", "outbox.js", "survey.js", "voice.js", "listen.js", "screen.js", "sizes.js",
    "staff.js", "recorder.js", "typing.js",
)  # fmt: skip
STYLES = ("kiosk.css", "staff.css", "paper.css")


@cache
def style(name: str = STYLES[0]) -> Markup:
    """Return one of our style sheets; it is our own file, hence safe markup."""
    lean = re.sub(r"\s*([{};,])\s*|(?<=:) +", r"\1", _lean(name, r"/\*.*?\*/"))
    return Markup(lean.replace(";}", "}"))  # noqa: S704 - our file


@cache
def script(name: str) -> Markup:
    """Return one of our scripts as safe markup."""
    return _lean(name, r"^\s*//[^\n]*\n")


def _lean(name: str, comments: str) -> Markup:
    """Return a file of ours without comments and indentation, which phones need not carry."""
    source = (bundled("static") / name).read_text(encoding="utf-8")
    bare = re.sub(comments, "", source, flags=re.DOTALL | re.MULTILINE)
    return Markup(re.sub(r"^\s+", "", bare, flags=re.MULTILINE))  # noqa: S704 - our file


@cache
def policy() -> str:
    """Return the Content-Security-Policy: nothing from outside, nothing inline but our files."""
    scripts = " ".join(source_of(script(name)) for name in SCRIPTS)
    styles = " ".join(source_of(style(name)) for name in STYLES)
    return POLICY.format(styles=styles, scripts=scripts)


def source_of(text: str) -> str:
    """Return how a policy names an inline style or script with just this text."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _symbol(name: str) -> Markup:
    svg = (bundled("static") / "icons" / f"{name}.svg").read_text(encoding="utf-8").strip()
    symbol = re.sub(r' xmlns="[^"]*"', f' id="i-{name}"', svg, count=1)
    return Markup(symbol.replace("<svg", "<symbol", 1).replace("</svg>", "</symbol>"))  # noqa: S704 - our file


def icon(name: str, css: str = "") -> Markup:
    """Return an icon for the eye alone; the words beside it say the same (M12)."""
    return Markup('<svg class="icon {}" aria-hidden="true"><use href="#i-{}"/></svg>').format(
        css, name
    )


def sprite(*names: str) -> Markup:
    """Return the hidden drawing that holds the named icons once, for `icon` to use."""
    symbols = Markup("").join(_symbol(name) for name in dict.fromkeys(names))
    return Markup('<svg class="sprite" aria-hidden="true">{}</svg>').format(symbols)
