"""The survey's page is made once for everybody, and is still each visitor's own."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from kiosk.web.kept_pages import MOST, KeptPages
from tests.conftest import Kari, Visitor
from tests.page import Page


def id_in(page: Page) -> str:
    (found,) = (e for e in page.all("input") if e.attrib.get("name") == "submission_id")
    return found.attrib["value"]


def test_two_visitors_get_the_same_page_and_each_an_id_of_their_own(
    kari: Kari, amina: Visitor
) -> None:
    path = f"/w/{kari.opens().code}/ar"
    one, other = amina.gets(path), amina.gets(path)
    assert id_in(one) != id_in(other)
    assert one.html.replace(id_in(one), "") == other.html.replace(id_in(other), "")


def test_a_plan_that_was_mended_shows_on_the_next_page(kari: Kari, amina: Visitor) -> None:
    workshop = kari.opens(tool="Procreate")
    path = f"/w/{workshop.code}/en"
    assert "Procreate" in amina.gets(path).html
    kari.workshops.change(workshop.code, replace(workshop.plan, tool="Audacity"))
    page = amina.gets(path).html
    assert "Audacity" in page
    assert "Procreate" not in page


def test_a_closed_workshop_shows_no_page_that_is_still_kept(kari: Kari, amina: Visitor) -> None:
    workshop = kari.opens()
    amina.gets(f"/w/{workshop.code}/en")
    kari.workshops.close(workshop.code)
    amina.gets(f"/w/{workshop.code}/en", status=410)


def test_a_page_with_a_ticket_is_kept_for_nobody(app: Flask, kari: Kari, amina: Visitor) -> None:
    workshop = kari.opens(tickets=True)
    kept: KeptPages = app.extensions["kept_pages"]
    amina.gets(f"/w/{workshop.code}/en", status=403)
    assert not kept._pages


def test_no_more_pages_are_kept_than_were_asked_for_last() -> None:
    kept = KeptPages()
    for number in range(3 * MOST):
        assert kept.get(number, lambda number=number: f"page {number}") == f"page {number}"  # type: ignore[misc]  # a default binds the number
        assert kept.get(0, lambda: "page 0") == "page 0"
    assert len(kept._pages) == MOST
    assert 0 in kept._pages, "what is asked for again and again stays"
