"""What changes on a page as somebody sees it: pictures before and after."""

from __future__ import annotations

import io

from PIL import Image, ImageChops
from playwright.sync_api import Locator

from tests.browser.person import Person

VISIBLE = 64  # of 255 steps of grey


def difference(element: Locator, before: bytes) -> int:
    """Return how many pixels of an element have changed visibly since a picture of it."""
    now, then = (Image.open(io.BytesIO(shot)).convert("L")
                 for shot in (element.screenshot(), before))  # fmt: skip
    changed = ImageChops.difference(now, then).point(lambda grey: 255 if grey > VISIBLE else 0)
    return changed.histogram()[255]


def marks_all_around(person: Person, value: int, item: str) -> None:
    """See that choosing changes at least two pixels all around the answer, whatever the colours."""
    face = person.face(value, item)
    before = face.screenshot()
    person.chooses(value, item)
    box = face.bounding_box()
    assert box
    assert difference(face, before) >= 2 * 2 * (box["width"] + box["height"]) - 64
