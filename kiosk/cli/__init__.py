"""The command `kiosk`: one file a subject, one shape for all commands."""

from __future__ import annotations

import sys

import click

from kiosk import __version__
from kiosk.bundle.freeze import StillOpen
from kiosk.cli.common import tell
from kiosk.cli.lazy import LazyGroup, MissingExtra
from kiosk.config import WrongSetting
from kiosk.files import DiskFull, is_full
from kiosk.languages import WrongRegistry
from kiosk.serve import CannotListen
from kiosk.sound.folder import BadFolder
from kiosk.sound.make import NoVoice
from kiosk.store.backup import CannotBackUp
from kiosk.store.database import CannotWrite, DamagedDatabase, UnsafeDatabase
from kiosk.store.restore import CannotRestore
from kiosk.store.workshops import AlreadyPacked, NoSuchWorkshop
from kiosk.study.model import NoStudy
from kiosk.survey.library import NoSuchSurvey
from kiosk.survey.problems import SurveyProblems
from kiosk.sync.problem import SendProblem
from kiosk.translate.files import CannotTranslate

EXPECTED = (
    AlreadyPacked,
    BadFolder,
    CannotBackUp,
    CannotListen,
    CannotRestore,
    CannotTranslate,
    CannotWrite,
    DamagedDatabase,
    MissingExtra,
    NoStudy,
    NoSuchSurvey,
    NoSuchWorkshop,
    NoVoice,
    SendProblem,
    StillOpen,
    SurveyProblems,
    UnsafeDatabase,
    WrongRegistry,
    WrongSetting,
)
# Read only when called: what runs the kiosk must not load what opens envelopes.
COMMANDS = {
    "backup": "kiosk.cli.backup:backup",
    "collect": "kiosk.cli.collect:collect_command",
    "demo": "kiosk.cli.demo:demo",
    "doctor": "kiosk.cli.doctor:doctor",
    "merge": "kiosk.cli.merge:merge_command",
    "publish": "kiosk.cli.publish:publish",
    "report": "kiosk.cli.report:report",
    "researcher": "kiosk.cli.researcher:researcher",
    "restore": "kiosk.cli.restore:restore_command",
    "serve": "kiosk.cli.serve:serve",
    "sound": "kiosk.cli.sound:sound",
    "staff": "kiosk.cli.staff:staff",
    "study": "kiosk.cli.study:study",
    "survey": "kiosk.cli.survey:survey",
    "sync": "kiosk.cli.sync:sync",
    "translate": "kiosk.cli.translate:translate",
    "workshop": "kiosk.cli.workshop:workshop",
}


@click.group(
    cls=LazyGroup,
    commands_at=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="kiosk")
def kiosk() -> None:
    """Run a survey kiosk: everybody in the room answers before going home."""


def main() -> None:
    """Run the command line; what was to be expected ends in a sentence, never in a trace."""
    try:
        kiosk()
    except EXPECTED as problem:
        tell(f"Error: {problem}", err=True)
        sys.exit(2)
    except OSError as problem:
        if not (is_full(problem) or problem.filename):
            raise
        tell(f"Error: {DiskFull() if is_full(problem) else _closed(problem)}", err=True)
        sys.exit(2)


def _closed(problem: OSError) -> str:
    return (f"{problem.filename} cannot be used: {problem.strerror}. Please check that it is "
            "there and belongs to you, and that its disk is not write-protected.")  # fmt: skip
