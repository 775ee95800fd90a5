"""Lena's passphrase is lost; the paper in the locked place opens the data all the same."""

from __future__ import annotations

import csv
from pathlib import Path

from kiosk.opening.new_study import NewStudy
from tests.cli import kiosk
from tests.conftest import PASSPHRASE, Kari, Visitor
from tests.study import recovery_words


def test_the_passphrase_is_lost_and_the_words_on_the_sheet_open_the_data(
    kari: Kari, amina: Visitor, study: NewStudy, tmp_path: Path
) -> None:
    workshop = kari.opens()
    for face in (5, 4):
        assert amina.sends(workshop, {"q01": face}).status_code == 201
    bundle = kari.closes(workshop)
    out = tmp_path / "dataset"

    guess = tmp_path / "guess.txt"
    guess.write_text(f"{PASSPHRASE} 1", encoding="utf-8")
    locked = kiosk("collect", bundle, "--key", study.key, "--passphrase-file", guess, "--out", out)
    assert locked.code == 2
    assert "does not open" in locked.err
    assert not out.exists()

    words = recovery_words(study)
    typed = tmp_path / "words.txt"
    typed.write_text("# from the sheet in the safe\n" + "\n".join([*words[1:], words[0]]))
    slip = kiosk("collect", bundle, "--key", typed, "--out", out)
    assert slip.code == 2
    assert "check each word and their order" in slip.err
    assert not out.exists()

    typed.write_text("# from the sheet in the safe\n" + "\n".join(words), encoding="utf-8")
    opened = kiosk("collect", bundle, "--key", typed, "--out", out)
    assert (opened.code, opened.err) == (0, "")
    with (out / "responses.csv").open(encoding="utf-8-sig", newline="") as file:
        assert sorted(row["q01"] for row in csv.DictReader(file)) == ["4", "5"]
