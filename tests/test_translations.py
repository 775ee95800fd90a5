"""The interface speaks each language wholly or not at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from kiosk.languages import LANGUAGES
from kiosk.paths import bundled
from kiosk.survey.model import Survey
from kiosk.web.catalogue import Catalogue
from tests.translations import FOLDER, ROOT, po_files, stale

PLACEHOLDER = re.compile(r"%\(\w+\)s")
TEMPLATES = ROOT / "kiosk" / "web" / "templates"


def messages(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id}


def test_catalogues_are_fresh() -> None:
    assert not stale(), "please run: make translations"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_registered_language_is_complete(tag: str) -> None:
    assert tag in Catalogue(bundled("translations")).complete


@pytest.mark.parametrize("tag", po_files())
def test_translations_keep_placeholders_and_hold_no_markup(tag: str) -> None:
    for source, text in messages(po_files()[tag]).items():
        assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(text)), source
        assert not re.search(r"[<>\u2066-\u2069\u202a-\u202e]", text), source


@pytest.mark.parametrize("tag", po_files())
def test_every_catalogue_says_how_far_it_has_come(tag: str) -> None:
    assert po_files()[tag].read_text(encoding="utf-8").startswith("# State: machine-draft\n")


def test_an_incomplete_language_is_not_offered(tmp_path: Path) -> None:
    for pot in FOLDER.glob("*.pot"):
        (tmp_path / pot.name).write_bytes(pot.read_bytes())
    for tag in ("nb", "da"):
        folder = tmp_path / tag / "LC_MESSAGES"
        folder.mkdir(parents=True)
        source = (FOLDER / tag / "LC_MESSAGES" / "messages.po").read_text(encoding="utf-8")
        if tag == "da":
            source = re.sub(r'msgid "Next"\nmsgstr ".*"', 'msgid "Next"\nmsgstr ""', source)
        (folder / "messages.po").write_text(source, encoding="utf-8")
    assert Catalogue(tmp_path).complete == {"en", "nb"}


def test_no_participant_text_depends_on_a_number() -> None:
    for path in TEMPLATES.rglob("*.html"):
        assert "ngettext" not in path.read_text(encoding="utf-8"), "L5"


@pytest.mark.parametrize("tag", po_files())
def test_the_word_on_the_send_button_is_the_word_in_the_sentences(tag: str, survey: Survey) -> None:
    interface = messages(po_files()[tag])
    final = next(line for line in survey.consent if line.id == "final")
    assert interface["Send"] in final.text[tag]
    assert interface["Send"] in interface["Touch “Send” to give us your answers."]
