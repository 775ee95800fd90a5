"""What Lena prepared is heard at every site: the pack carries it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import kiosk
from kiosk.opening.new_study import NewStudy
from kiosk.sound.library import Sounds
from kiosk.sound.texts import spoken
from kiosk.study.archive import packed
from kiosk.study.kept import install_pack
from kiosk.study.model import load_study
from kiosk.study.pack import load_pack, pack_of
from kiosk.survey.model import Survey
from kiosk.survey.problems import SurveyProblems
from tests.sound.clips import put
from tests.study.travel import contents


@pytest.fixture
def pack(tmp_path: Path, study: NewStudy, survey: Survey) -> Path:
    """Lena's study, with Tigrinya recorded in its own names, and Somali recorded by half."""
    desk = tmp_path / "lena"
    put(desk, "ti", spoken(survey, "ti", study=load_study(study.file)))
    put(desk, "so", {"title": survey.title["so"]})
    out = tmp_path / "out.study.zip"
    words = ["study", "pack", str(study.file.parent), "--out", str(out), "--sounds", "--json"]
    done = CliRunner().invoke(kiosk, [*words, "--data", str(desk)])
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["sounds"] == {"workshop": ["ti"]}
    return out


def test_a_site_hears_what_the_researchers_prepared(
    pack: Path, data: Path, survey: Survey, study: NewStudy
) -> None:
    install_pack(load_pack(pack), data)
    asks = load_study(study.file)
    found = Sounds(data).of(survey, "ti", study=asks)
    assert found.keys() == spoken(survey, "ti", study=asks).keys()
    assert not Sounds(data).of(survey, "so")


def test_the_next_edition_takes_its_sounds_with_it(
    pack: Path, data: Path, survey: Survey, study: NewStudy
) -> None:
    install_pack(load_pack(pack), data)
    install_pack(load_pack(study.file.parent), data)
    assert not Sounds(data).of(survey, "ti")


@pytest.mark.parametrize(
    "name",
    ["sounds/workshop/ti/virus.exe", "sounds/workshop/../x/manifest.json", "sounds/x.mp3",
     "sounds/workshop/ti/0123456789abcdef.mp3/manifest.json"],
)  # fmt: skip
def test_only_clips_travel_in_a_pack(pack: Path, name: str) -> None:
    with pytest.raises(SurveyProblems, match="does not belong"):
        pack_of(packed(contents(pack) | {name: b"x"}), "it.study.zip")
