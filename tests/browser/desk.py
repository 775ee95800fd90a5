"""Kari at her laptop: plans, opens, watches and closes a workshop by touching what she sees."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Page

PIN = "kaffe og kaker"


@dataclass
class Desk:
    """The staff pages in Kari's browser."""

    page: Page
    url: str
    code: str = ""

    def starts_for_the_first_time(self, pin: str = PIN) -> None:
        self.page.goto(f"{self.url}/staff/")
        self.page.locator("#pin").fill(pin)
        self.page.locator("#again").fill(pin)
        self.page.get_by_role("button", name="Begin").click()
        self.page.get_by_role("heading", name="Workshops").wait_for()

    def signs_in(self, pin: str = PIN) -> None:
        self.page.goto(f"{self.url}/staff/")
        self.page.locator("#pin").fill(pin)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("heading", name="Workshops").wait_for()

    def plans(self, title: str = "Draw with Procreate", *, tickets: bool = False) -> None:
        self.page.goto(f"{self.url}/staff/")
        self.page.get_by_role("link", name="Plan a workshop").click()
        self.page.locator("#title").fill(title)
        self.page.locator("#site").fill("The library")
        self.page.locator("#tool").fill("Procreate")
        self.page.locator("#day").fill("2099-05-31")
        if tickets:
            self.page.get_by_text("More: tickets").click()
            self.page.locator("[name=tickets]").check()
        self.page.get_by_role("button", name="Save").click()
        self.page.wait_for_url(re.compile("/staff/w/"))
        self.code = self.page.url.split("/w/")[1].split("/")[0]

    def opens(self) -> None:
        self.page.get_by_role("button", name="Open the workshop").click()
        self.page.get_by_text("People can answer now").wait_for()

    def looks(self) -> None:
        self.page.goto(f"{self.url}/staff/w/{self.code}/")

    def draws_tickets(self, number: int) -> list[str]:
        self.looks()
        self.page.locator("#number").fill(str(number))
        self.page.get_by_role("button", name="Draw tickets").click()
        slips = self.page.locator(".slips .code").all_inner_texts()
        return [slip.replace(" ", "") for slip in slips]

    @property
    def sent(self) -> int:
        return int(self.page.locator("[data-count=sent]").inner_text())

    def count(self, name: str) -> int:
        return int(self.page.locator(f"[data-count={name}]").inner_text())

    @property
    def screen_address(self) -> str:
        """What the tablet's code holds; read off the code in the tests of what is printed."""
        return str(self.page.locator("[data-screen-address]").get_attribute("data-screen-address"))

    def counts_and_closes(self, present: int, said_no: int = 0) -> None:
        self.looks()
        self.page.locator("#present").fill(str(present))
        self.page.locator("#said_no").fill(str(said_no))
        self.page.get_by_role("button", name="Close the workshop").click()
        self.page.get_by_text("Nobody can answer any more").wait_for()

    def packs(self) -> str:
        """Pack the workshop; return the sealed file's name."""
        self.page.get_by_role("button", name="Pack for the researchers").click()
        self.page.get_by_text("The sealed file is ready").wait_for()
        return self.page.locator("code.file").inner_text()
