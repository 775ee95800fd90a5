"""The two files that hold what participants read in one language, and the writing of both."""

from __future__ import annotations

import os
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from kiosk.languages import LANGUAGES, Language
from kiosk.survey.library import find_survey
from kiosk.survey.loader import load_survey
from kiosk.survey.model import Step, Survey
from kiosk.translations import PARTICIPANTS, state_in


class CannotTranslate(Exception):
    """There is nothing to translate, or it cannot be written; the message says what to do."""


@dataclass(frozen=True)
class Files:
    """One language of one survey: `survey_path` is its file, `po_path` the interface's."""

    language: Language
    survey_path: Path
    po_path: Path

    @property
    def survey(self) -> Survey:
        """The survey as it stands in its file now."""
        return load_survey(self.survey_path)

    @property
    def survey_file(self) -> str:
        """The survey's file, with its line ends as they are."""
        return self.survey_path.read_bytes().decode()

    @property
    def catalogue(self) -> str:
        """The interface's file, with its line ends as they are."""
        return self.po_path.read_bytes().decode()

    @property
    def values(self) -> dict[str, Any]:
        """The survey's file as TOML values."""
        return tomllib.loads(self.survey_file)

    @property
    def steps(self) -> list[Step]:
        """The steps that the survey took in this language, first to last."""
        return [step for step in self.survey.steps if self.language.tag in step.languages]

    @property
    def messages(self) -> dict[str, str]:
        """The interface's texts: English -> draft."""
        with self.po_path.open("rb") as file:
            return {str(one.id): str(one.string) for one in read_po(file) if one.id}

    @property
    def interface_state(self) -> str:
        """How far the interface has come in this language."""
        return state_in(self.po_path.read_text(encoding="utf-8").partition("\n\n")[0])


def files_of(tag: str, survey: str, data: Path, translations: Path) -> Files:
    """Return the files of a language. Raises CannotTranslate if there is no such translation."""
    path = find_survey(survey, data)
    found = load_survey(path)
    theirs = [one for one in found.languages if found.translation[one] != "source"]
    if tag not in theirs or tag not in LANGUAGES:
        raise CannotTranslate(
            f"The survey “{found.id}” has no translation “{tag}”. There are: {', '.join(theirs)}."
        )
    language = LANGUAGES[tag]
    po_path = translations / language.babel_id / "LC_MESSAGES" / f"{PARTICIPANTS}.po"
    if not po_path.is_file():
        raise CannotTranslate(f"There is no file {po_path}. Please look at --translations.")
    return Files(language, path, po_path)


def write_all(contents: dict[Path, str]) -> None:
    """Write all files or none: each is written in full beside its place before any takes it.

    Raises CannotTranslate if a folder cannot be written to.
    """
    ready: list[tuple[str, Path]] = []
    try:
        for path, text in contents.items():
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            ready.append((name, path))
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode())
            Path(name).chmod(path.stat().st_mode)
        for name, path in ready:
            Path(name).replace(path)
    except OSError as problem:
        raise CannotTranslate(
            f"{problem.filename or 'A file'} cannot be written ({problem.strerror}). "
            "Please work on a copy: --survey my.toml --translations FOLDER."
        ) from problem
    finally:
        for name, _ in ready:
            Path(name).unlink(missing_ok=True)
