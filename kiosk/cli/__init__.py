"""The command `kiosk`: one file a subject, one shape for all commands."""

from __future__ import annotations

import sys

import click

from kiosk import __version__
from kiosk.bundle.freeze import StillOpen
from kiosk.cli import collect, demo, serve, study, survey, workshop
from kiosk.config import WrongSetting
from kiosk.opening.keys import WrongKey
from kiosk.serve import PortTaken
from kiosk.store.workshops import NoSuchWorkshop
from kiosk.study.model import NoStudy
from kiosk.survey.library import NoSuchSurvey
from kiosk.survey.problems import SurveyProblems

EXPECTED = (
    WrongSetting, WrongKey, NoSuchWorkshop, NoStudy, NoSuchSurvey, SurveyProblems, StillOpen,
    PortTaken,
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kiosk")
def kiosk() -> None:
    """Run a survey kiosk: everybody in the room answers before going home."""


for command in (serve.serve, demo.demo, workshop.workshop, survey.survey, study.study,
                collect.collect_command):  # fmt: skip
    kiosk.add_command(command)


def main() -> None:
    """Run the command line; what was to be expected ends in a sentence, never in a trace."""
    try:
        kiosk()
    except EXPECTED as problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(2)
