"""Kari goes through every page that staff can see, in each of their languages; we look closely."""

from __future__ import annotations

import re
import shutil
import sqlite3
import tomllib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask
from playwright.sync_api import Browser, Page, Response
from playwright.sync_api import TimeoutError as TooLate
from pyrage import x25519

from kiosk.languages import LANGUAGES, STAFF_LANGUAGES
from kiosk.opening.new_study import NewStudy
from kiosk.store.database import FILE
from kiosk.store.sendings import Sendings
from kiosk.store.workshops import Workshops
from kiosk.survey.form import form_files
from tests.browser.axe import violations
from tests.browser.desk import PIN
from tests.browser.test_pages import NARROW, PHONE, PLAIN, SIDEWAYS, SPACED, TALL, ZOOMED, resize
from tests.page import Page as Checked
from tests.server import RealKiosk
from tests.translations import FOLDER

WIDE = (1024, 768)
JUDGED = [PHONE, (800, 1280), WIDE]
SIDEWAYS_SEEN = SIDEWAYS.replace("e.offsetParent", "e.checkVisibility()")  # not in <details>
PROJECTORS = [(1024, 768), (1366, 768), (1920, 1080)]
STEPS = ("workshop, planned", "workshop, opened", "workshop, packed")
# What libraries call things, and what makes codes break: long words, quotes, marks.
AWAY = "webdavs://127.0.0.1:1/inbox/{site}"  # no server is there
TITLE = "Digitale Geschichten: bibliotheekmedewerkersopleiding"
SITE = "Deichman bibliotek Bjørvika, verksted 3"
WIFI, PASSWORD = 'Bibliotek; "gjest": \\ 5, nede', 'les:mer;"nå"\\,til'

TARGETS = """() => {
    const small = [];
    const found = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
    for (const e of document.querySelectorAll(found)) {
        const box = (e.closest('label') || e).getBoundingClientRect();
        const inText = e.matches('a') && getComputedStyle(e).display === 'inline';
        if (!e.checkVisibility() || inText) continue;
        const least = e.matches('.button') ? 44 : 24;
        if (box.width < least || box.height < least) small.push(e.outerHTML.slice(0, 120));
    }
    return small;
}"""
FOCUS = """() => {
    const bad = [], open = document.querySelector('dialog[open]') || document.body;
    const found = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
    for (const e of open.querySelectorAll(found)) {
        if (!e.checkVisibility()) continue;
        e.focus();
        const drawn = e.parentElement.matches('.option') ? e.nextElementSibling : e;
        const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
        const box = e.getBoundingClientRect();
        const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        const hidden = !hit || !(e.contains(hit) || hit.contains(e) || e.closest('label'));
        if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2 || hidden) {
            bad.push(`${hidden ? 'hidden' : 'no ring'}: ${e.outerHTML.slice(0, 120)}`);
        }
    }
    scrollTo(0, 0);
    return bad;
}"""
WORDS = """() => {
    const words = [], mine = document.documentElement.lang;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const e = walker.currentNode.parentElement, other = e.closest('[lang]');
        const isText = !e.matches('script, style, code') && e.checkVisibility();
        if (isText && other.lang === mine) words.push(walker.currentNode.data);
    }
    for (const e of document.querySelectorAll('[aria-label]')) words.push(e.ariaLabel);
    return words.map((text) => text.replace(/\\s+/g, ' ').trim()).filter(Boolean);
}"""


def english_left(tag: str) -> Callable[[str], bool]:
    """Return a test that knows the English of each text that reads otherwise in this language."""
    pairs = []
    for name in ("staff", "messages"):
        path = FOLDER / LANGUAGES[tag].babel_id / "LC_MESSAGES" / f"{name}.po"
        with path.open("rb") as file:
            pairs += [(str(m.id), str(m.string)) for m in read_po(file) if m.id]
    for source in form_files().values():
        pairs += texts_of(tomllib.loads(source), tag)
    spoken = {text for _, text in pairs}
    wanted = [re.escape(source) for source, text in pairs if source not in spoken]
    whole = re.compile("|".join(re.sub(r"%\\\(\w+\\\)s", ".+", one) for one in wanted))
    return lambda text: bool(whole.fullmatch(text))


def texts_of(table: object, tag: str) -> list[tuple[str, str]]:
    """Return (English, this language) of every text in a form."""
    if isinstance(table, list):
        return [pair for one in table for pair in texts_of(one, tag)]
    if not isinstance(table, dict):
        return []
    if isinstance(table.get("en"), str) and "source" not in table.values():
        return [(table["en"], table[tag])]
    return [pair for one in table.values() for pair in texts_of(one, tag)]


class Inspector:
    """Looks at every page as it stands: its HTML, its words, its looks at all sizes."""

    def __init__(self, page: Page, tag: str) -> None:
        self.page, self.tag = page, tag
        self.is_english = english_left(tag) if tag != "en" else lambda text: False
        # Fewer sizes in the languages between the source and the longest.
        whole = tag in ("en", "fr")
        self.judged = JUDGED if whole else JUDGED[:1]
        self.sizes = (NARROW, ZOOMED, *JUDGED) if whole else (NARROW, *JUDGED[:1], WIDE)
        self.seen: list[str] = []
        self.faults: list[str] = []
        self.document: Response | None = None
        page.on("response", self._notes)

    def _notes(self, response: Response) -> None:
        request = response.request
        is_page = request.is_navigation_request() and request.frame == self.page.main_frame
        if is_page and response.status not in (302, 303):
            self.document = response

    def looks(self, name: str) -> None:
        """Note everything that is not right with the page in view."""
        self.seen.append(name)
        self.reads(name)
        for size in self.sizes:
            resize(self.page, size)
            self.finds((name, size), self.page.evaluate(SIDEWAYS_SEEN))
            if size == NARROW:
                self.page.evaluate(SPACED)
                self.finds((name, "with wide text spacing"), self.page.evaluate(SIDEWAYS_SEEN))
                self.page.evaluate(PLAIN)
            if size in self.judged:
                self.finds((name, size), self.page.evaluate(TARGETS))
                self.finds((name, size), violations(self.page))
        if name.startswith("wall"):
            for size in PROJECTORS:
                resize(self.page, size)
                self.finds((name, size), ["it scrolls"] * (self.page.evaluate(TALL) > 0))
        if name in STEPS:
            step = self.page.locator("main .primary")
            box = step.bounding_box()
            assert box, name
            is_seen = box["y"] + box["height"] <= JUDGED[-1][1] or name == "workshop, opened"
            assert step.get_attribute("class") == "button primary large", name
            assert is_seen, f"{name}: the next step stands out, and is there without scrolling"
        self.page.keyboard.press("Shift")  # from now on the focus is drawn, as for a keyboard
        self.finds((name, "focus"), self.page.evaluate(FOCUS))

    def finds(self, where: tuple[object, ...], *found: list[str]) -> None:
        self.faults += [f"{where}: {fault}" for faults in found for fault in faults]

    def reads(self, name: str) -> None:
        """Check the HTML as it came, and that every word is in the page's language."""
        assert self.document, name
        headers = {title.title(): value for title, value in self.document.all_headers().items()}
        page = Checked(self.document.text(), headers)
        assert page.tree.attrib["lang"] == self.tag, name
        english = [text for text in self.page.evaluate(WORDS) if self.is_english(text)]
        self.finds((name, "English"), english)
        if page.is_for_staff:
            drafted = self.page.locator("footer.drafted").is_visible()
            assert drafted == (self.tag != "en"), f"{name}: a machine draft says that it is one"


Looks = Callable[[str], None]
UNCHECKED = "(form) => { form.noValidate = true; }"


@dataclass
class Round:
    """Kari's way through all that her pages can show; `looks` is called with each in view."""

    page: Page
    kiosk: RealKiosk
    study: Path
    tag: str
    looks: Looks
    code: str = ""

    def walk(self) -> None:
        self.starts_for_the_first_time()
        self.takes_the_study()
        self.looks_at_the_study()
        self.signs_in_again()
        self.chooses_languages()
        self.plans()
        self.asks_before_deleting()
        self.opens()
        self.shows_and_prints()
        self.fills_in("planning", "p5", "many")
        self.fills_in("implementation", "i1_came", "many")
        self.has_much_going_on()
        self.closes_and_packs()
        self.has_a_target_that_is_away()
        self.has_arrived()
        self.looks_back()
        self.checks_the_phones()
        self.changes_the_pin()
        self.looks_at_the_recorder()
        self.goes_wrong()
        self.lends_the_screen()

    def goes(self, path: str) -> None:
        self.page.goto(f"{self.kiosk.here}{path}")

    def goes_to(self, path: str = "") -> None:
        """Go to a page of the workshop."""
        self.goes(f"/staff/w/{self.code}/{path}")

    def sends(self, action: str, nth: int = 0) -> None:
        """Touch the button of the form that goes to `action`."""
        with self.page.expect_navigation():
            self.page.locator(f"form[action$='{action}'] button").nth(nth).click()

    def types(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.locator(f"#{name}").fill(text)

    def starts_for_the_first_time(self) -> None:
        for study in (self.kiosk.data / "studies").glob("*.toml"):
            study.unlink()
        self.goes("/staff/")
        self.looks("first start")
        self.types(pin="123456", again="123456")
        self.sends("/first")
        self.looks("first start, a weak PIN")
        self.types(pin=PIN, again=PIN)
        self.sends("/first")

    def takes_the_study(self) -> None:
        self.looks("list, no study")
        self.page.locator("#study").set_input_files(__file__)
        self.sends("/study")
        self.looks("studies, not a study")
        self.goes("/staff/")
        self.page.locator("#study").set_input_files(self.study)
        self.sends("/study")
        self.looks("list, empty, not rehearsed")

    def looks_at_the_study(self) -> None:
        self.goes("/staff/studies")
        self.looks("studies")
        self.page.locator("[name=code]").fill("wrong")
        self.sends("/studies/rehearsed")
        self.looks("studies, a wrong code")
        other = x25519.Identity.generate().to_public()
        text = re.sub("age1[0-9a-z]+", str(other), self.study.read_text(encoding="utf-8"), count=1)
        file = {"name": "study.toml", "mimeType": "text/plain", "buffer": text.encode()}
        self.page.locator("#study").set_input_files(file)  # type: ignore[arg-type]  # a payload
        self.sends("/studies")
        self.looks("what a file changes")

    def signs_in_again(self) -> None:
        self.sends("/sign-out")
        self.looks("sign-in")
        self.types(pin="something else")
        self.sends("/sign-in")
        self.page.locator("details:not(.speaks *) summary").click()
        self.looks("sign-in, a wrong PIN")
        self.types(pin=PIN)
        self.sends("/sign-in")

    def chooses_languages(self) -> None:
        """Try the menu of languages; the last choice is one's own."""
        others = [tag for tag in STAFF_LANGUAGES if tag != self.tag]
        for tag in (*others, self.tag):
            self.page.locator(".speaks summary").click()
            with self.page.expect_navigation():
                self.page.locator(f".speaks button[lang='{tag}']").click()
            assert self.page.locator("html").get_attribute("lang") == tag
        assert self.page.url.endswith("/staff/"), "one stays where one was"

    def plans(self) -> None:
        self.goes("/staff/new")
        self.looks("plan")
        self.has_two_studies_and_surveys()
        self.goes("/staff/new")
        self.page.locator("[name=languages]").evaluate_all("(all) => all.forEach((e) => e.click())")
        self.types(day="2001-01-01")
        self.sends("/new")
        self.looks("plan, with errors")
        self.types(title=TITLE, site=SITE, tool="Procreate", day="2099-05-31", time="18:00")
        self.page.locator("select#study").select_option(index=1)
        self.page.locator("[name=languages]").evaluate_all("(all) => all.forEach((e) => e.click())")
        self.page.locator("form[data-keep] summary").click()
        self.page.locator("[name=tickets]").check()
        self.looks("plan, filled in")
        self.sends("/new")
        self.code = self.page.url.split("/w/")[1].split("/")[0]
        self.looks("workshop, planned")

    def has_two_studies_and_surveys(self) -> None:
        data = self.kiosk.data
        text = self.study.read_text(encoding="utf-8")
        other = re.sub(r'^id = ".*"$', 'id = "the-other-study"', text, flags=re.MULTILINE)
        (data / "studies" / "the-other-study.toml").write_text(other, encoding="utf-8")
        (data / "surveys").mkdir(exist_ok=True)
        shutil.copy(FOLDER.parent / "surveys" / "workshop.toml", data / "surveys" / "short.toml")

    def asks_before_deleting(self) -> None:
        self.goes_to("delete")
        self.looks("delete")
        self.sends("/delete")
        self.looks("delete, the last question")

    def opens(self) -> None:
        self.goes_to()
        self.sends("/open")
        self.looks("workshop, opened")

    def shows_and_prints(self) -> None:
        for name in ("sheet", "wall"):
            self.goes_to(name)
            self.looks(f"{name}, no Wi-Fi")
        self.page.locator(".wall summary").click()
        self.looks("wall, asking for the Wi-Fi")
        self.types(wifi_name=WIFI, wifi_password=PASSWORD)
        self.sends("/wifi")
        for name in ("wall", "sheet"):
            self.goes_to(name)
            self.looks(name)
        self.goes_to()
        self.types(number="12")
        self.sends("/tickets")
        self.looks("tickets")

    def fills_in(self, form: str, item: str, wrong: str) -> None:
        """Fill in some of a report; what does not fit gets past a browser that does not check."""
        self.goes_to(f"report/{form}")
        self.page.locator(".option").first.click()
        self.looks(f"report, {form}")
        self.page.locator("form.report").evaluate(UNCHECKED)
        self.page.locator(f"#{item}").evaluate("(e, text) => { e.value = text; }", wrong)
        self.sends(f"/report/{form}", 1)
        self.looks(f"report, {form}, with an error")
        self.types(**{item: "12"})
        self.sends(f"/report/{form}")

    def has_much_going_on(self) -> None:
        workshop = Workshops(self.kiosk.data).get(self.code)
        status = f"{self.kiosk.here}/w/{self.code}/screen/{workshop.screen_key}/status"
        for screen, waiting in (("one", "3"), ("two", "0")):
            self.page.request.post(status, form={"screen": screen, "waiting": waiting})
        Workshops(self.kiosk.data).printed(self.code, "http://192.0.2.99:8080")
        self.goes_to()
        self.looks("workshop, open, much going on")

    def closes_and_packs(self) -> None:
        self.types(present="many")
        self.page.locator("form[action$='/close']").evaluate(UNCHECKED)
        self.sends("/close")
        self.looks("workshop, not a number")
        self.types(present="20", said_no="2")
        self.sends("/close")
        self.looks("workshop, closed, answers wait")
        self.sends("/pack", 0)
        self.looks("workshop, still waiting")
        self.sends("/pack", 1)
        self.page.locator(".figures summary").click()
        self.looks("workshop, packed")
        self.types(present="0")
        self.sends("/headcount")
        self.looks("workshop, changed")
        self.goes("/staff/")
        self.looks("list")

    def has_a_target_that_is_away(self) -> None:
        for file in (self.kiosk.data / "studies").glob("*.toml"):
            study = file.read_text(encoding="utf-8")
            file.write_text(f'target = "{AWAY}"\n{study}', encoding="utf-8")
        self.goes_to()
        self.looks("workshop, to be sent")
        self.sends("/pack", 1)
        self.looks("workshop, waits to be sent")
        self.sees_on_the_page_of_sending("#site-1")
        self.page.locator("main details summary").first.click()
        self.looks("sending, the login is missing")
        self.types(**{"site-1": "bergen", "user-1": "kari", "password-1": "secret"})
        self.sends("/sending/login")
        self.sees_on_the_page_of_sending(".alert .icon use[href='#i-waiting']")
        self.looks("sending, out of reach")
        self.page.locator("#receipt").set_input_files(__file__)
        self.sends("/sending/receipt")
        self.looks("sending, not a receipt")

    def sees_on_the_page_of_sending(self, what: str) -> None:
        """Wait until the kiosk has tried, and the page says what came of it."""
        self.goes("/staff/sending/")
        try:
            self.page.locator(what).first.wait_for(state="attached", timeout=20_000)
        except TooLate as problem:
            shown = self.page.locator("main").inner_text()
            raise AssertionError(f"{shown}\n{self.kiosk.output()}") from problem

    def has_arrived(self) -> None:
        workshop = Workshops(self.kiosk.data).get(self.code)
        assert workshop.bundle
        Sendings(self.kiosk.data).note_arrival(workshop, workshop.bundle, "2026-05-31")
        self.goes_to()
        self.looks("workshop, arrived")
        self.sends("/delete-copy")
        self.looks("workshop, the copy is deleted")

    def looks_back(self) -> None:
        self.goes_to("report/evaluation")
        self.looks("message, not open yet")
        day = (date.today() - timedelta(days=8)).isoformat()
        with closing(sqlite3.connect(self.kiosk.data / FILE)) as db, db:
            db.execute("UPDATE workshops SET opened_on = ?", (day,))
        self.fills_in("evaluation", "e2", "x" * 2001)

    def checks_the_phones(self) -> None:
        self.goes("/staff/check")
        self.looks("check")
        code = self.page.locator(".address").inner_text()
        self.page.route("**/check/status", lambda route: route.fulfill(json={"reached": True}))
        self.page.locator(".good-news").wait_for()
        self.looks("check, green")
        self.page.unroute("**/check/status")
        self.page.goto(f"http://{code}")
        self.looks("the phone's page, opened here")

    def changes_the_pin(self) -> None:
        self.goes("/staff/settings/")
        self.looks("settings")
        for old in ("not this", PIN):
            self.types(old=old, pin=PIN, again=PIN)
            self.sends("/pin")
            self.looks(f"settings, {'changed' if old == PIN else 'not the PIN'}")

    def looks_at_the_recorder(self) -> None:
        self.goes("/staff/recording/?survey=workshop&language=ar")
        self.looks("recorder")
        self.page.locator("#folder").set_input_files(__file__)
        self.sends("/import?survey=workshop&language=ar")
        self.looks("recorder, not a folder")

    def goes_wrong(self) -> None:
        self.goes_to("edit")
        self.page.locator("form[data-keep] [name=csrf]").evaluate("(e) => { e.value = 'old'; }")
        self.sends("/edit")
        self.looks("message, a stale form")
        self.goes("/staff/w/xxxxx/")
        self.looks("message, no such page")

    def lends_the_screen(self) -> None:
        """Plan another workshop and make this screen its kiosk."""
        self.goes("/staff/new?survey=workshop")
        self.types(title=TITLE, site=SITE, day="2099-05-31")
        self.page.locator("select#study").select_option(index=1)
        self.sends("/new")
        self.code = self.page.url.split("/w/")[1].split("/")[0]
        self.sends("/open")
        self.sends("/screen")
        self.page.frame_locator("#person").locator("ul.languages").wait_for()
        self.looks("kiosk screen")
        self.page.locator("#leave").click()
        self.page.locator("#exit-code").fill("0")
        self.page.locator("#exit-form .primary").click()
        self.page.locator("#exit-problem").wait_for()
        self.looks("kiosk screen, leaving")
        self.page.locator("#stay-here").click()
        Workshops(self.kiosk.data).close(self.code)
        self.page.evaluate("dispatchEvent(new Event('online'))")
        self.page.locator("#closed").wait_for()
        self.looks("kiosk screen, closed")


@pytest.mark.parametrize("tag", STAFF_LANGUAGES)
def test_every_staff_page(tag: str, library: RealKiosk, browser: Browser, study: NewStudy) -> None:
    context = browser.new_context(locale=tag)
    page = context.new_page()
    inspector = Inspector(page, tag)
    Round(page, library, study.file, tag, inspector.looks).walk()
    assert not inspector.faults, "\n".join(inspector.faults)
    assert len(inspector.seen) == len(set(inspector.seen)) >= 40
    context.close()


@pytest.mark.parametrize("tag", STAFF_LANGUAGES)
def test_the_phone_is_told_that_it_has_arrived(tag: str, app: Flask, browser: Browser) -> None:
    context = browser.new_context(locale=tag)
    page = context.new_page()
    answer = app.test_client(use_cookies=False).get(
        f"/check/{app.extensions['phone_test'].secret}",
        headers={"Accept-Language": tag}, environ_base={"REMOTE_ADDR": "203.0.113.9"},
    )  # fmt: skip
    page.route("**/*", lambda route: route.fulfill(body=answer.data, headers=dict(answer.headers)))
    inspector = Inspector(page, tag)
    page.goto("http://kiosk.test/check")
    inspector.looks("the phone's page")
    assert not inspector.faults, inspector.faults
    assert app.extensions["phone_test"].reached
    context.close()
