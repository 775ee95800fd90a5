"""Why something could not be used, in the language of the page; details stay in English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kiosk.dataset.collect import MixedStudies
from kiosk.dataset.pool import MixedSurveys
from kiosk.dataset.spool import Skipped
from kiosk.study.rehearsal import MARK
from kiosk.web.researcher.opened import NothingOpens

DAMAGED = _l("It is damaged, or was changed. Please ask the site for the file again.")
# What a reason begins with -> how we say it. What is not here stands in its own words alone.
REASONS: tuple[tuple[str, LazyString], ...] = (
    ("it is sealed to other keys", _l("It is sealed to another key than yours.")),
    ("it belongs to another study", _l("It belongs to another study, or has other keys. "
                                       "Please open it on its own.")),
    ("another bundle says something else", _l("Another file tells something else of the same "
                                              "workshop. Please ask the site which is right.")),
    ("another bundle has another self-report", _l("Another file of the same edition has another "
                                                  "self-report. The first one is taken.")),
    (MARK, _l("It is a rehearsal, not a workshop. This command opens it: kiosk study rehearse")),
    ("it cannot be read", _l("This computer cannot read the file.")),
    *((start, DAMAGED) for start in ("its checksums", "its name does not fit", "it lacks",
                                     "it is damaged", "it is larger", "it holds a file",
                                     "its sheet, study or survey")),
)  # fmt: skip
PART = re.compile(r"(?P<file>.+\.zip), (?P<what>response|self-report) (?P<which>.+)")


@dataclass(frozen=True)
class Told:
    """A file that is not in the dataset, or not wholly: its name, why, and what else we know."""

    name: str
    why: str
    exact: str


def told(skipped: Iterable[Skipped]) -> list[Told]:
    """Return what to tell of each file or envelope that was skipped."""
    return [_told(one) for one in skipped]


def _told(one: Skipped) -> Told:
    part = PART.fullmatch(one.name)
    if part and part["what"] == "response":
        why = _("One answer in it cannot be used. All others are in the dataset.")
        return Told(part["file"], why, f"{part['what']} {part['which']}: {one.why}")
    for start, sentence in REASONS:
        if one.why.startswith(start):
            exact = one.why if sentence is DAMAGED else ""
            return Told(part["file"] if part else one.name, str(sentence), exact)
    if part:
        why = _("A self-report in it cannot be used. The answers are in the dataset.")
        return Told(part["file"], why, f"{part['what']} {part['which']}: {one.why}")
    return Told(one.name, _("It cannot be used."), one.why)


def in_words(problem: Exception | None) -> str:
    """Return why nothing could be opened, and what to do."""
    if isinstance(problem, MixedSurveys):
        return str(_("The bundles ask different questions, which do not belong in one table. "
                     "Please put each version of the survey into a folder of its own, and name "
                     "that folder at the start."))  # fmt: skip
    if isinstance(problem, MixedStudies):
        return str(_("The bundles belong to different studies. Please put each study into a "
                     "folder of its own, and name that folder at the start."))  # fmt: skip
    if isinstance(problem, NothingOpens):
        if problem.skipped:
            return str(_("None of the bundles can be used with this key."))
        return str(_("There is no bundle here yet. Please put the sites' files there, or name "
                     "another folder at the start."))  # fmt: skip
    if isinstance(problem, OSError):
        return str(_("This computer could not read or write what is needed. Is there room on its "
                     "disk?"))  # fmt: skip
    return str(_("Something went wrong here. The bundles stay as they are. Please try again."))
