"""Opens facilitators' self-reports, and believes nothing of them before they fit their form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pyrage import x25519

from kiosk.bundle.read import Bundle
from kiosk.opening.envelopes import BadEnvelope, content_of
from kiosk.survey.form import fits
from kiosk.survey.kinds.kind import Cell
from kiosk.survey.model import Form


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """What a facilitator wrote in one form; columns that were left open are not in `answers`.

    Two are equal if the same was written in the same form, whatever became of its translations.
    """

    workshop: str
    form: Form = field(compare=False)
    form_hash: str
    language: str
    finished: bool
    answers: Mapping[str, Cell]
    form_file: str = field(compare=False)


def open_report(name: str, bundle: Bundle, identity: x25519.Identity) -> OpenedReport:
    """Return the self-report in the form `name` of a bundle. Raises NotForThisKey, BadEnvelope."""
    sealed = bundle.reports[name]
    content = content_of(sealed.envelope, bundle, identity, "self-report")
    language, finished, answers = (content.get(n) for n in ("language", "finished", "answers"))
    if not isinstance(finished, bool) or not isinstance(answers, dict):
        raise BadEnvelope("it holds no self-report")
    if content.get("form") != sealed.form.hash:
        raise BadEnvelope("it answers another form")
    if language not in sealed.form.languages:
        raise BadEnvelope("it is in a language that the form does not have")
    if not fits(sealed.form, answers):
        raise BadEnvelope("its answers are not possible in the form")
    return OpenedReport(
        str(content["workshop"]), sealed.form, sealed.form.hash, str(language), finished, answers,
        sealed.form_file,
    )  # fmt: skip
