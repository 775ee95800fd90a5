"""A hundred phones in one room, all at once: each answer is acknowledged, and stored once."""

from __future__ import annotations

from collections import Counter
from itertools import product
from threading import Barrier, Thread

from tests.bench.phones import Phones
from tests.conftest import Lena
from tests.server import RealKiosk

PHONES = 100
# What each phone answers is its own, so that a lost answer and a doubled one cannot hide.
THEIRS = [dict(zip(("q01", "q02", "q03"), each, strict=True))
          for each in product("12345", repeat=3)][:PHONES]  # fmt: skip


def test_a_hundred_phones_open_the_page_and_send_at_once(kiosk: RealKiosk, lena: Lena) -> None:
    phones, together = Phones(kiosk), Barrier(PHONES)
    heard: list[tuple[str, ...]] = []

    def phone(answers: dict[str, str]) -> None:
        send = phones.request(answers)
        together.wait()
        page = phones.ask(phones.page)
        together.wait()
        # The second one says that it did not hear the acknowledgement.
        heard.append((page, phones.ask(send), phones.ask(send)))

    threads = [Thread(target=phone, args=(answers,)) for answers in THEIRS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(heard) == {("200", "201", "200"): PHONES}
    stored = lena.collects(kiosk.closes()).responses()
    answered = Counter(tuple(str(value) for value in one.values[:3]) for one in stored)
    assert answered == {tuple(answers.values()): 1 for answers in THEIRS}
    assert kiosk.output().count("Traceback") == 0
