"""Kari goes through every page that staff can see, in each of their languages; we look closely."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Browser, Page, Response

from kiosk.app import create_app
from kiosk.config import Config
from kiosk.languages import LANGUAGES, STAFF_LANGUAGES
from kiosk.opening.new_study import NewStudy
from kiosk.store.database import FILE
from kiosk.store.workshops import Workshops
from kiosk.survey.form import form_files
from tests.browser.axe import violations
from tests.browser.desk import PIN
from tests.browser.test_pages import NARROW, PHONE, PLAIN, SIDEWAYS, SPACED, TALL, ZOOMED, resize
from tests.page import Page as Checked
from tests.server import RealKiosk
from tests.translations import FOLDER

JUDGED = [PHONE, (800, 1280), (1024, 768)]
PROJECTORS = [(1024, 768), (1366, 768), (1920, 1080)]
# What libraries call things, and what makes codes break: long words, quotes, marks.
TITLE = "Digitale Geschichten: bibliotheekmedewerkersopleiding"
SITE = "Deichman bibliotek Bjørvika, verksted 3"
WIFI, PASSWORD = 'Bibliotek; "gjest": \\ 5, nede', 'les:mer;"nå"\\,til'

Looks = Callable[[str], None]


@dataclass
class Round:
    """Kari's way through all that her pages can show; `looks` is called with each in view."""

    page: Page
    kiosk: RealKiosk
    study: Path
    looks: Looks
    code: str = ""

    def walk(self) -> None:
        self.starts_for_the_first_time()
        self.takes_the_study()
        self.signs_in_again()
        self.plans()
        self.asks_before_deleting()
        self.opens()
        self.shows_and_prints()
        self.fills_in("planning", "p5", "many")
        self.fills_in("implementation", "i1_came", "many")
        self.has_much_going_on()
        self.closes_and_packs()
        self.looks_back()
        self.checks_the_phones()
        self.changes_the_pin()
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
        for study in (self.kiosk.data / "studies").glob("*"):
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
        self.looks("list, not a study")
        self.page.locator("#study").set_input_files(self.study)
        self.sends("/study")
        self.looks("list, empty")

    def signs_in_again(self) -> None:
        self.sends("/sign-out")
        self.looks("sign-in")
        self.types(pin="something else")
        self.sends("/sign-in")
        self.page.locator("details:not(.speaks *) summary").click()
        self.looks("sign-in, a wrong PIN")
        self.types(pin=PIN)
        self.sends("/sign-in")

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
        self.page.locator("form.report").evaluate("(form) => { form.noValidate = true; }")
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
        self.page.locator("form[action$='/close']").evaluate("(form) => { form.noValidate = true; }")
        self.sends("/close")
        self.looks("workshop, not a number")
        self.types(present="20", said_no="2")
        self.sends("/close")
        self.looks("workshop, closed, answers wait")
        self.sends("/pack", 0)
        self.looks("workshop, still waiting")
        self.sends("/pack", 1)
        self.looks("workshop, packed")
        self.types(present="0")
        self.sends("/headcount")
        self.looks("workshop, changed")
        self.goes("/staff/")
        self.looks("list")

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
        self.page.locator("#exit-form [type=submit]").click()
        self.page.locator("#exit-problem").wait_for()
        self.looks("kiosk screen, leaving")
        self.page.locator("#stay-here").click()
        Workshops(self.kiosk.data).close(self.code)
        self.page.evaluate("dispatchEvent(new Event('online'))")
        self.page.locator("#closed").wait_for()
        self.looks("kiosk screen, closed")
