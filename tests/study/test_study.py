"""Lena sends study.toml to the sites; Kari puts it on the kiosk and is told what is wrong."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from kiosk.opening.keys import new_identity, public
from kiosk.opening.new_study import NewStudy
from kiosk.study.model import NoStudy, install, installed, load_study, parse_study, pick_study
from kiosk.survey.problems import Problem, SurveyProblems

HEAD = 'id = "{id}"\ntitle = "The study"\norganisation = "The University"\ncontact = "ask@x.org"\n'
KEY = f'[[recipient]]\nrole = "main"\nkey = "{public(new_identity())}"\n'


def written(folder: Path, study_id: str = "one", source: str | None = None) -> Path:
    file = folder / "study.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source or HEAD.format(id=study_id) + KEY, encoding="utf-8")
    return file


def problems_of(source: str) -> list[Problem]:
    with pytest.raises(SurveyProblems) as refused:
        parse_study(source, Path("study.toml"))
    return refused.value.problems


def test_a_study_says_who_asks_and_whom_the_answers_are_sealed_to(study: NewStudy) -> None:
    found = load_study(study.file)
    assert (found.title, found.organisation) == ("The study", "The University")
    assert found.contact == "ask@example.org"
    assert [recipient.role for recipient in found.recipients] == ["main", "recovery"]
    assert found == load_study(study.file.parent), "its folder will do as well"


def test_a_loaded_study_cannot_be_changed(study: NewStudy) -> None:
    found = load_study(study.file)
    for name in ("id", "recipients", "organisation"):
        with pytest.raises(FrozenInstanceError):
            setattr(found, name, ())


def test_all_problems_of_a_study_are_told_at_once() -> None:
    source = 'id = 7\ntitel = "x"\norganisation = "o"\n[[recipient]]\nkey = "age1abc"\n'
    places = [problem.where for problem in problems_of(source)]
    assert places == ["id", "title", "contact", "recipient 1 › key", "the file"]
    assert problems_of(source)[-1].remedy == "Did you mean “title”?"


@pytest.mark.parametrize(
    "recipients",
    ["", "recipient = []\n"],
    ids=["left out", "empty"],
)
def test_a_study_without_any_key_is_refused_because_nobody_could_open_it(recipients: str) -> None:
    places = [problem.where for problem in problems_of(recipients + HEAD.format(id="one"))]
    assert places == ["recipient"]


def test_a_secret_key_pasted_by_mistake_is_refused_and_not_repeated() -> None:
    secret = str(new_identity())
    source = HEAD.format(id="one") + f'[[recipient]]\nkey = "{secret}"\n'
    (problem,) = problems_of(source)
    assert problem.where == "recipient 1 › key"
    assert "age1" in problem.remedy
    assert secret.lower() not in str(problem).lower()


@pytest.mark.parametrize("study_id", ["../../evil", "a/b", "", ".", "Ünï", "a\\\\b", "a b"])
def test_an_id_that_cannot_be_a_file_name_is_refused(study_id: str, tmp_path: Path) -> None:
    file = written(tmp_path / "stick", study_id)
    with pytest.raises(SurveyProblems, match="id"):
        install(file, tmp_path / "kiosk" / "data")
    assert not [path for path in tmp_path.rglob("*.toml") if path != file]


def test_a_slip_in_the_file_is_told_with_its_name(tmp_path: Path) -> None:
    file = written(tmp_path, source="id = one")
    with pytest.raises(SurveyProblems, match=r"study\.toml: the file cannot be read"):
        load_study(file)
    with pytest.raises(SurveyProblems, match="cannot be read"):
        load_study(tmp_path / "nothing.toml")
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(SurveyProblems, match="cannot be read"):
        load_study(file)


def test_installing_keeps_the_file_as_lena_wrote_it(study: NewStudy, tmp_path: Path) -> None:
    found = install(study.file, tmp_path)
    assert list(installed(tmp_path)) == [found.id]
    assert installed(tmp_path)[found.id].read_bytes() == study.file.read_bytes()
    assert found == load_study(study.file)


def test_installing_again_brings_the_newer_file(tmp_path: Path) -> None:
    install(written(tmp_path / "old"), tmp_path)
    newer = (HEAD + KEY).format(id="one").replace("ask@x.org", "new@x.org")
    install(written(tmp_path / "new", source=newer), tmp_path)
    assert list(installed(tmp_path)) == ["one"]
    assert pick_study(tmp_path, None).contact == "new@x.org"


def test_a_study_that_cannot_be_used_is_not_installed(tmp_path: Path) -> None:
    with pytest.raises(SurveyProblems):
        install(written(tmp_path, source="id = 'one'"), tmp_path / "data")
    assert installed(tmp_path / "data") == {}


def test_only_the_public_file_reaches_the_kiosk(study: NewStudy, tmp_path: Path) -> None:
    install(study.file.parent, tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.suffix for path in files] == [".toml"]


def test_the_only_study_need_not_be_named(tmp_path: Path) -> None:
    install(written(tmp_path / "stick"), tmp_path)
    assert pick_study(tmp_path, None).id == "one"
    assert pick_study(tmp_path, "one").id == "one"


def test_kari_is_told_how_to_get_her_first_study(tmp_path: Path) -> None:
    for name in (None, "one"):
        with pytest.raises(NoStudy, match=r"holds no study yet.*kiosk study install study\.toml"):
            pick_study(tmp_path, name)


def test_of_several_studies_kari_is_told_the_names(tmp_path: Path) -> None:
    for name in ("one", "two"):
        install(written(tmp_path / name, name), tmp_path)
    for unclear in (None, "three"):
        with pytest.raises(NoStudy, match="--study one or --study two"):
            pick_study(tmp_path, unclear)
    assert pick_study(tmp_path, "two").id == "two"
