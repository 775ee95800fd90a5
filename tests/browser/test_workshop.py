"""The whole story: twenty people, one tablet, many phones, one CSV that says what they chose."""

from __future__ import annotations

import csv
import random
import re
from pathlib import Path

from kiosk.opening.new_study import NewStudy
from kiosk.survey.model import SKIPPED
from tests.browser.conftest import PHONE, TABLET, UPRIGHT, Meet
from tests.browser.person import Person
from tests.conftest import PASSPHRASE
from tests.server import RealKiosk, run_kiosk

VALUES = [1, 2, 3, 4, 5, 97, 98, SKIPPED]
# Who comes, in which language, with what in their hands, and what is special about it.
ROOM = [
    ("ar", PHONE, "touch"), ("ti", TABLET, "touch"), ("uk", PHONE, "touch"),
    ("so", UPRIGHT, "touch"), ("nb", TABLET, "keyboard"), ("fa", PHONE, "no script"),
    ("ar", TABLET, "the server is cut"), ("ru", PHONE, "touch"), ("fa-AF", TABLET, "touch"),
    ("en", PHONE, "no script"), ("ps", UPRIGHT, "touch"), ("ti", PHONE, "no script"),
    ("da", TABLET, "slow fingers"), ("pl", PHONE, "touch"), ("fr", TABLET, "changes language"),
    ("ar", PHONE, "no script"), ("ti", TABLET, "goes back"), ("tr", UPRIGHT, "touch"),
    ("sw", PHONE, "touch"), ("ckb", TABLET, "touch"),
]  # fmt: skip


def answers_of(person: int) -> list[int]:
    chance = random.Random(person)  # noqa: S311 - a story, not a secret
    return [chance.choice(VALUES) for _ in range(15)]


def by_keyboard(person: Person, values: list[int]) -> None:
    person.comes()
    person.page.keyboard.press("Tab")
    person.page.locator("#s-consent [data-go]").focus()
    person.page.keyboard.press("Enter")
    person.waits()
    person.page.keyboard.press("ArrowDown")
    person.page.keyboard.press("Enter")
    person.waits()
    chosen = [97 if value == SKIPPED else value for value in values]
    person.answers_by_keyboard(chosen)
    values[:] = chosen
    person.page.locator("#send").focus()
    person.page.keyboard.press("Enter")
    person.is_thanked()


def without_script(person: Person, values: list[int]) -> None:
    person.page.goto(f"{person.url}/w/{person.code}")
    person.page.locator(f"a[hreflang='{person.tag}']").tap()
    person.chooses(4, "practice")
    person.answers_without_script(values)
    person.sends()
    person.page.wait_for_url(re.compile("/thanks$"))
    assert person.page.locator("html").get_attribute("lang") == person.tag


def with_the_server_cut(person: Person, values: list[int], kiosk: RealKiosk) -> None:
    person.comes()
    person.starts()
    person.practises()
    person.answers(values)
    kiosk.kill()
    person.sends()
    person.page.locator("#waiting").wait_for()
    assert not person.sees("thanks"), "saved is said only after the server has said so"
    kiosk.start()
    person.tries_again()
    person.is_thanked()


def changing_language(person: Person, values: list[int]) -> None:
    person.comes()
    person.starts()
    person.practises()
    person.answers(values[:7])
    person.touches("#language")
    person.page.locator("#languages a[hreflang='ar']").tap()
    person.page.locator("html[lang='ar']").wait_for()
    person.waits()
    person.answers_from(8, values[7:])
    person.sends()
    person.is_thanked()


def going_back(person: Person, values: list[int]) -> None:
    person.comes()
    person.starts()
    person.practises()
    person.answers([5] * 15)
    for _ in range(15):
        person.back()
    person.answers(values)
    person.sends()
    person.is_thanked()


def takes_part(person: Person, how: str, values: list[int], kiosk: RealKiosk) -> None:
    if how == "keyboard":
        by_keyboard(person, values)
    elif how == "no script":
        without_script(person, values)
    elif how == "the server is cut":
        with_the_server_cut(person, values, kiosk)
    elif how == "changes language":
        changing_language(person, values)
    elif how == "goes back":
        going_back(person, values)
    else:
        person.goes_the_whole_way(values)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_twenty_people_answer_and_lena_reads_just_what_they_chose(
    kiosk: RealKiosk, meet: Meet, study: NewStudy, tmp_path: Path
) -> None:
    chosen = []
    for number, (tag, size, how) in enumerate(ROOM):
        values = answers_of(number)
        script = how != "no script"
        person = meet(kiosk, tag, size, fast=script and how != "slow fingers",
                      java_script_enabled=script)  # fmt: skip
        takes_part(person, how, values, kiosk)
        assert not person.page.context.cookies(), "no cookie"
        chosen.append(tuple(str(value) for value in values))
        person.page.context.close()
    bundle = kiosk.closes()
    out = tmp_path / "dataset"
    report = run_kiosk("collect", str(bundle), "--key", str(study.key), "--out", str(out),
                       data=kiosk.data, passphrase=PASSPHRASE)  # fmt: skip
    assert report["responses"] == 20
    rows = read(out / "responses.csv")
    items = [f"q{n:02}" for n in range(1, 16)]
    assert list(rows[0]) == ["rid", "workshop", *items], "and nothing else"
    assert sorted(tuple(row[item] for item in items) for row in rows) == sorted(chosen)
    (workshop,) = read(out / "workshops.csv")
    assert {row["workshop"] for row in rows} == {workshop["workshop"]}
    assert sum(int(workshop[name]) for name in ("complete", "partial", "under_half")) == 20
