"""What every page that any test fetches must be, whatever the test is about."""

from __future__ import annotations

import base64
import hashlib
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping

import html5lib

from kiosk.languages import LANGUAGES

NAMED_BY_LABEL = ("radio", "checkbox", "text", "password", "number", "email")
VOID_TYPES = ("hidden", "submit", "button")


class Page:
    """A parsed page. Making one checks it."""

    def __init__(self, html: str, headers: Mapping[str, str]) -> None:
        self.html = html
        self.headers = headers
        self.tree: ET.Element = html5lib.HTMLParser(
            strict=False, namespaceHTMLElements=False
        ).parse(html)
        self.check()

    def all(self, tag: str) -> list[ET.Element]:
        return list(self.tree.iter(tag))

    def text(self, element: ET.Element) -> str:
        return " ".join("".join(element.itertext()).split())

    @property
    def is_for_staff(self) -> bool:
        return self.tree.attrib.get("class") == "staff"

    @property
    def title(self) -> str:
        return self.text(self.all("title")[0])

    @property
    def h1(self) -> str:
        return self.text(self.all("h1")[0])

    def check(self) -> None:
        self._check_language()
        self._check_headings()
        self._check_ids()
        self._check_forms()
        self._check_nothing_inline()
        self._check_nothing_from_outside()
        assert "user-scalable" not in self.html, "people may enlarge the page (A2)"
        assert "maximum-scale" not in self.html, "people may enlarge the page (A2)"

    def _check_language(self) -> None:
        language = LANGUAGES[self.tree.attrib["lang"]]
        assert self.tree.attrib["dir"] == language.dir
        for element in self.tree.iter():
            if isinstance(element.tag, str) and "lang" in element.attrib:
                tag = LANGUAGES[element.attrib["lang"]]
                assert element.attrib.get("dir") == tag.dir, "lang goes with dir (A25)"

    def _check_headings(self) -> None:
        assert len(self.all("title")) == 1
        assert self.title
        assert len(self.all("h1")) == 1, "one h1 a page"
        bare = re.sub("[\u2068\u2069]", "", self.title).removeprefix("Error: ")
        assert self.h1 in bare or self.title.endswith(self.h1), "the title says what the h1 says"

    def _check_ids(self) -> None:
        ids = [e.attrib["id"] for e in self.tree.iter() if "id" in e.attrib]
        doubled = [name for name, times in Counter(ids).items() if times > 1]
        assert not doubled, f"ids must be unique: {doubled}"
        for use in self.tree.iter():
            if isinstance(use.tag, str) and use.tag.endswith("use"):
                target = use.attrib["href"].removeprefix("#")
                assert target in ids, f"the icon {target} is missing from the sprite"

    def _check_forms(self) -> None:
        inside = {id(i) for label in self.all("label") for i in label.iter("input")}
        named = {label.attrib.get("for") for label in self.all("label")}
        for field in self.all("input"):
            if field.attrib.get("type", "text") not in VOID_TYPES:
                assert id(field) in inside or field.attrib.get("id") in named, "inputs have labels"
            if not self.is_for_staff:
                assert "checked" not in field.attrib, "nothing is preselected (A26)"
        for form in self.all("form"):
            assert form.attrib.get("action"), "a form says where it goes"
        for button in self.all("button"):
            assert self.text(button), "a button has words (A41)"

    def _check_nothing_inline(self) -> None:
        policy = self.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        scripts = [e for e in self.all("script") if e.attrib.get("type") != "application/json"]
        for element in [*scripts, *self.all("style")]:
            digest = hashlib.sha256((element.text or "").encode()).digest()
            assert base64.b64encode(digest).decode() in policy, "only our own scripts and styles"
        for element in self.tree.iter():
            handlers = [name for name in element.attrib if name.startswith("on")]
            assert not handlers, f"inline handlers: {handlers}"
            assert "style" not in element.attrib, "no inline styles"

    def _check_nothing_from_outside(self) -> None:
        for element in self.tree.iter():
            for name in ("src", "href", "action"):
                value = element.attrib.get(name, "")
                if element.tag != "a":
                    assert not value.startswith(("http:", "https:", "//")), f"from outside: {value}"
