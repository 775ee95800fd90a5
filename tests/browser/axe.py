"""axe-core as the judge: all its rules of WCAG A, AA, AAA, EN 301 549 and good practice (A1)."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

TAGS = [
    "wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
    "EN-301-549", "EN-301-549v4",
]  # fmt: skip
RUN = """async (tags) => {
    const found = await axe.run(document, {
        runOnly: { type: 'tag', values: tags },
        rules: { 'target-size': { enabled: true }, 'color-contrast-enhanced': { enabled: true } },
        resultTypes: ['violations'],
    });
    const where = (v) => v.nodes.map((n) => n.html).join(' | ').slice(0, 400);
    return found.violations.map((v) => `${v.id}: ${where(v)}`);
}"""


@cache
def script() -> str:
    """Return axe's script, from the folder that `make` puts it in."""
    path = Path(sys.prefix) / "axe" / "pytest_playwright_axe" / "resources" / "axe.min.js"
    assert path.is_file(), f"axe-core is missing at {path}: run make test"
    return path.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page as it stands now."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(script())
    return list(page.evaluate(RUN, TAGS))
