"""The templates of what researchers read: pages that need no network and no script."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kiosk.report.words import Words


def pages(words: Words) -> Environment:
    """Return the templates, speaking the reader's language."""
    found = Environment(
        loader=PackageLoader("kiosk.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    # Jinja adds these to every environment that has the extension; it types them nowhere.
    install: Any = found.install_gettext_callables  # type: ignore[attr-defined]
    install(words.translated, lambda one, many, n: words.translated(one), newstyle=True)
    found.policies["ext.i18n.trimmed"] = True
    found.filters["css"] = css
    found.filters["quote_in"] = lambda text, words: words.quoted(text)
    return found


def css(text: str) -> Markup:
    """Return a text as a string of a style sheet inside the page."""
    escaped = "".join(c if c.isalnum() or c in " .,:–-" else f"\\{ord(c):x} " for c in text)
    return Markup(f'"{escaped}"')  # noqa: S704  # every sign that could end it is escaped
