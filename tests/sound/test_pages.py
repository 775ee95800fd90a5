"""Amina's phone asks once which clips there are, and fetches each once."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.languages import LANGUAGES
from kiosk.opening.new_study import NewStudy
from kiosk.sound.manifest import SYNTHETIC
from kiosk.sound.texts import spoken
from kiosk.study.model import load_study
from kiosk.survey.model import Survey
from tests.conftest import Kari, Visitor
from tests.sound.clips import put


@pytest.fixture
def where(kari: Kari, data: Path, survey: Survey, study: NewStudy) -> str:
    """The address of a workshop's list of clips in Tigrinya, which can be heard."""
    put(data, "ti", spoken(survey, "ti", "Procreate", study=load_study(study.file)))
    return f"/w/{kari.opens().code}/ti/sounds"


def listed(amina: Visitor, path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(amina.client.get(path).data)
    return found


def test_every_link_has_its_file(amina: Visitor, where: str, survey: Survey) -> None:
    found = listed(amina, where)
    assert found["synthetic"] is False
    assert spoken(survey, "ti").keys() <= found["clips"].keys()
    for clip in found["clips"].values():
        assert clip["seconds"] == 1.5
        for kind, mimetype in (("opus", "audio/ogg"), ("mp3", "audio/mpeg")):
            answer = amina.client.get(clip[kind])
            assert answer.status_code == 200
            assert answer.mimetype == mimetype


def test_a_clip_is_kept_for_ever_and_tells_nothing_of_anybody(amina: Visitor, where: str) -> None:
    link = listed(amina, where)["clips"]["item.q01"]["mp3"]
    answer = amina.client.get(link)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers
    assert "Last-Modified" not in answer.headers
    part = amina.client.get(link, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.data) == (206, b"reco")


def test_the_list_is_compressed_and_not_kept(amina: Visitor, where: str) -> None:
    answer = amina.client.get(where, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.data))["clips"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(answer.data) < 6_000
    assert "Set-Cookie" not in answer.headers


def test_a_language_without_sound_has_an_empty_list(amina: Visitor, where: str) -> None:
    assert listed(amina, where.replace("/ti/", "/so/")) == {"synthetic": False, "clips": {}}
    assert amina.client.get(where.replace("/ti/", "/xx/")).status_code == 404
    assert amina.client.get("/w/NOPE/ti/sounds").status_code == 404


def test_a_computers_voice_is_called_one(
    amina: Visitor, where: str, data: Path, survey: Survey
) -> None:
    put(data, "so", spoken(survey, "so"), SYNTHETIC)
    assert listed(amina, where.replace("/ti/", "/so/"))["synthetic"] is True


@pytest.mark.parametrize(
    "name", ["manifest.json", "0123456789abcdef.mp3", "..%2f..%2fkiosk.db", "kiosk.db", "x.opus"]
)
def test_nothing_but_clips_is_handed_out(amina: Visitor, where: str, name: str) -> None:
    assert amina.client.get(f"/sounds/{name}").status_code == 404


def test_pages_may_play_the_kiosks_own_sounds_alone(amina: Visitor, where: str) -> None:
    page = amina.gets(where.removesuffix("/sounds"))
    assert "media-src 'self'" in page.headers["Content-Security-Policy"]
    assert LANGUAGES["ti"].endonym in page.html
