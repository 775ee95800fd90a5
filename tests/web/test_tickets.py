"""A ticket out of the bowl: one person, one answer, no name; Ola finds none by guessing."""

from __future__ import annotations

import random
import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kiosk.languages import LANGUAGES
from kiosk.store.tickets import LENGTH, MOST, Tickets
from kiosk.store.workshop import Workshop
from kiosk.store.workshops import ALPHABET
from tests.conftest import Kari, Lena, Visitor, new_submission_id
from tests.page import Page
from tests.web import ALL, words

GUESSES = 2000


@pytest.fixture
def workshop(kari: Kari) -> Workshop:
    return kari.opens(tickets=True)


@pytest.fixture
def drawn(kari: Kari, workshop: Workshop) -> list[str]:
    return Tickets(kari.workshops.data).draw(workshop, 10)


def hidden(page: Page) -> dict[str, str]:
    return {i.attrib["name"]: i.attrib["value"] for i in page.all("input")
            if i.attrib.get("type") == "hidden"}  # fmt: skip


def used(kari: Kari, workshop: Workshop) -> int:
    return Tickets(kari.workshops.data).counts(workshop)[1]


def asks_for_a_ticket(page: Page) -> bool:
    return [i.attrib["name"] for i in page.all("input")] == ["ticket"]


def test_a_phone_without_a_ticket_is_asked_for_one_before_anything_else(
    workshop: Workshop, drawn: list[str], amina: Visitor
) -> None:
    for path in ("/", f"/w/{workshop.code}", f"/w/{workshop.code}?ticket=",
                 f"/w/{workshop.code}?ticket=+-+"):  # fmt: skip
        page = amina.gets(path)
        assert page.h1 == "Your ticket"
        assert asks_for_a_ticket(page)
        assert not [a for a in page.all("a") if "hreflang" in a.attrib]


@pytest.mark.parametrize("tag", ["ar", "ti", "fa"])
def test_the_ticket_is_asked_for_in_the_language_of_the_phone(
    tag: str, workshop: Workshop, amina: Visitor
) -> None:
    amina.headers["Accept-Language"] = tag
    assert amina.gets(f"/w/{workshop.code}").tree.attrib["lang"] == tag


def test_a_phone_that_opens_a_language_without_a_ticket_sees_no_question(
    workshop: Workshop, drawn: list[str], amina: Visitor
) -> None:
    """Whoever keeps the address of the survey is asked for a ticket, or told that one is needed."""
    for tag in LANGUAGES:
        answer = amina.client.get(f"/w/{workshop.code}/{tag}")
        assert answer.status_code in (303, 403), tag
        assert 'name="q01"' not in answer.text


def test_amina_scans_her_ticket_and_it_goes_with_her_through_every_language(
    workshop: Workshop, drawn: list[str], kari: Kari, amina: Visitor, lena: Lena
) -> None:
    page = amina.gets(f"/w/{workshop.code}?ticket={drawn[0]}")
    links = {
        a.attrib["hreflang"]: a.attrib["href"] for a in page.all("a") if "hreflang" in a.attrib
    }
    assert list(links) == list(LANGUAGES)
    assert set(links.values()) == {f"/w/{workshop.code}/{tag}?ticket={drawn[0]}" for tag in links}
    for tag, link in links.items():
        survey = amina.gets(link)
        assert hidden(survey)["ticket"] == drawn[0], tag
        again = {a.attrib["hreflang"]: a.attrib["href"] for a in survey.all("a")
                 if "hreflang" in a.attrib}  # fmt: skip
        assert again == links, "changing the language keeps the ticket"
        (start,) = (a for a in survey.all("a") if a.attrib.get("id") == "language")
        assert start.attrib["href"] == f"/w/{workshop.code}?ticket={drawn[0]}"
    assert used(kari, workshop) == 0, "looking burns no ticket"
    assert sends_page(amina, workshop, drawn[0], "ti").status_code == 303
    assert used(kari, workshop) == 1
    assert len(lena.collects(kari.closes(workshop))) == 1


def sends_page(amina: Visitor, workshop: Workshop, ticket: str, tag: str = "ar") -> TestResponse:
    """Open the survey with a ticket and send it without JavaScript, as the page was made."""
    page = amina.gets(f"/w/{workshop.code}/{tag}?ticket={ticket}")
    fields = hidden(page)
    return amina.sends(workshop, ALL | {"ticket": fields["ticket"]}, tag, fields["submission_id"],
                       Accept="text/html")  # fmt: skip


def test_one_ticket_is_one_answer(
    workshop: Workshop, drawn: list[str], kari: Kari, amina: Visitor, lena: Lena
) -> None:
    assert sends_page(amina, workshop, drawn[0]).status_code == 303
    for path in (f"/w/{workshop.code}", *(f"/w/{workshop.code}/{tag}" for tag in LANGUAGES)):
        page = amina.gets(f"{path}?ticket={drawn[0]}", status=403)
        assert "q01" not in page.html, "told before fifteen questions are answered in vain"
    second = amina.sends(workshop, ALL | {"ticket": drawn[0]})
    assert second.status_code == 403
    assert second.json
    assert (second.json["stored"], second.json["final"]) == (False, True)
    assert (used(kari, workshop), kari.workshops.get(workshop.code).sent) == (1, 1)
    assert sends_page(amina, workshop, drawn[1]).status_code == 303
    assert len(lena.collects(kari.closes(workshop))) == 2


def test_a_used_and_an_unknown_ticket_are_told_apart_in_the_chosen_language(
    workshop: Workshop, drawn: list[str], amina: Visitor
) -> None:
    sends_page(amina, workshop, drawn[0])
    pages = {
        "used": amina.gets(f"/w/{workshop.code}?ticket={drawn[0]}", status=403),
        "unknown": amina.gets(f"/w/{workshop.code}?ticket=xxxxxx", status=403),
    }
    assert pages["used"].h1 == "This ticket is used already."
    assert pages["unknown"].h1 == "We do not know this ticket."
    for ticket in (drawn[0], "xxxxxx"):
        page = amina.gets(f"/w/{workshop.code}/ti?ticket={ticket}", status=403)
        assert page.tree.attrib["lang"] == "ti"
        assert not re.search(r"[A-Za-z]{3}", words(page))


def test_sending_the_same_page_again_is_no_second_use(
    workshop: Workshop, drawn: list[str], kari: Kari, amina: Visitor
) -> None:
    mine = new_submission_id()
    answers = ALL | {"ticket": drawn[0]}
    told = [amina.sends(workshop, answers, submission_id=mine).status_code for _ in range(3)]
    assert told == [201, 200, 200]
    assert (used(kari, workshop), kari.workshops.get(workshop.code).sent) == (1, 1)


def test_answers_that_are_refused_do_not_burn_the_ticket(
    workshop: Workshop, drawn: list[str], kari: Kari, amina: Visitor
) -> None:
    assert amina.sends(workshop, {"q01": 9, "ticket": drawn[0]}).status_code == 400
    twice = [*ALL.items(), ("ticket", drawn[0]), ("ticket", drawn[1])]
    assert amina.sends(workshop, twice).status_code == 400
    assert used(kari, workshop) == 0
    assert amina.sends(workshop, ALL | {"ticket": drawn[0]}).status_code == 201


@pytest.mark.parametrize("ticket", ["", "xxxxxx", "x" * 3000, "%00", "%27%20OR%201=1--", "ትግርኛ"])
def test_without_a_ticket_nothing_is_stored(
    ticket: str, workshop: Workshop, drawn: list[str], kari: Kari, amina: Visitor
) -> None:
    assert amina.sends(workshop, ALL | {"ticket": ticket}).status_code == 403
    assert amina.sends(workshop, ALL).status_code == 403
    assert kari.workshops.get(workshop.code).sent == 0


def test_a_ticket_of_another_workshop_is_unknown(
    workshop: Workshop, drawn: list[str], kari: Kari, amina: Visitor
) -> None:
    other = kari.opens(title="Another", tickets=True)
    amina.gets(f"/w/{other.code}?ticket={drawn[0]}", status=403)
    assert amina.sends(other, ALL | {"ticket": drawn[0]}).status_code == 403
    assert amina.sends(workshop, ALL | {"ticket": drawn[0]}).status_code == 201


def test_a_ticket_may_be_typed_with_spaces_and_capitals(
    workshop: Workshop, drawn: list[str], kari: Kari, amina: Visitor
) -> None:
    ticket = drawn[0]
    typed = f" {ticket[:3].upper()}  {ticket[3:]}. "
    page = amina.gets(f"/w/{workshop.code}", query_string={"ticket": typed})
    links = [a.attrib["href"] for a in page.all("a") if "hreflang" in a.attrib]
    assert links[0] == f"/w/{workshop.code}/en?ticket={ticket}", "tidied once, for good"
    assert hidden(amina.gets(links[0]))["ticket"] == ticket
    sent = amina.sends(workshop, ALL | {"ticket": f"{ticket[:3].upper()}%20{ticket[3:].upper()}"})
    assert sent.status_code == 201


def test_a_shared_screen_and_a_no_need_no_ticket(
    workshop: Workshop, drawn: list[str], kari: Kari, amina: Visitor
) -> None:
    assert amina.sends(workshop, ALL | {"screen": workshop.screen_key}).status_code == 201
    assert amina.sends(workshop, {"outcome": "declined"}).status_code == 201
    assert amina.sends(workshop, ALL | {"screen": "x"}).status_code == 403
    shell = amina.gets(f"/w/{workshop.code}/screen/{workshop.screen_key}")
    assert 'name=\\"ticket\\"' not in shell.html
    assert used(kari, workshop) == 0


def test_where_there_are_no_tickets_none_is_asked_for_and_none_is_carried(
    kari: Kari, amina: Visitor
) -> None:
    workshop = kari.opens()
    for query in ("", "?ticket=xxxxxx"):
        page = amina.gets(f"/w/{workshop.code}{query}")
        assert page.h1 == workshop.title
        assert "ticket" not in page.html
        assert "ticket" not in hidden(amina.gets(f"/w/{workshop.code}/en{query}"))
    assert amina.sends(workshop, ALL | {"ticket": "xxxxxx"}).status_code == 201


def test_a_ticket_of_a_closed_workshop_opens_nothing(
    workshop: Workshop, drawn: list[str], kari: Kari, amina: Visitor
) -> None:
    kari.workshops.close(workshop.code)
    amina.gets(f"/w/{workshop.code}?ticket={drawn[0]}", status=410)
    assert amina.sends(workshop, ALL | {"ticket": drawn[0]}).status_code == 410
    assert used(kari, workshop) == 0


def test_ola_finds_no_ticket_by_guessing(
    workshop: Workshop, drawn: list[str], kari: Kari, ola: Visitor
) -> None:
    """23 signs, 6 places: 148 million tickets. With thirty drawn, one guess in 4.9 million hits.

    2,000 guesses find one of these ten with a chance of 1 in 7,400; such a guess is left out.
    """
    assert len(ALPHABET) ** LENGTH == 148_035_889
    assert len(ALPHABET) ** LENGTH / MOST > 700_000, "and in the fullest bowl one in 740 thousand"
    chance = random.Random(20_260_504)  # noqa: S311 - Ola throws dice
    guesses = {"".join(chance.choices(ALPHABET, k=LENGTH)) for _ in range(GUESSES)} - set(drawn)
    tickets = Tickets(kari.workshops.data)
    for number, guess in enumerate(sorted(guesses)):
        if number % 4:
            answer = ola.client.get(f"/w/{workshop.code}", query_string={"ticket": guess})
        else:
            answer = ola.sends(workshop, ALL | {"ticket": guess})
        assert answer.status_code == 403, guess
    assert tickets.counts(workshop) == (10, 0)
    assert kari.workshops.get(workshop.code).sent == 0
    assert sends_page(ola, workshop, drawn[3]).status_code == 303, "a real one still works"


def test_the_answer_to_a_guess_tells_nothing_about_other_tickets(
    app: Flask, workshop: Workshop, drawn: list[str], ola: Visitor
) -> None:
    near = drawn[0][:-1] + next(sign for sign in ALPHABET if sign != drawn[0][-1])
    far = "333333"
    assert {near, far}.isdisjoint(drawn)
    answers = [ola.client.get(f"/w/{workshop.code}?ticket={guess}") for guess in (near, far)]
    assert answers[0].text == answers[1].text
