"""Opens envelopes and believes nothing of them before their content fits the survey."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from pyrage import DecryptError, decrypt, x25519

from kiosk.bundle.read import Bundle
from kiosk.study.sealing import FORMAT
from kiosk.survey.kinds import allowed_values
from kiosk.survey.model import SKIPPED, Survey

RID = re.compile(r"[0-9a-f]{32}")


class BadEnvelope(Exception):
    """The envelope was opened, but what lies in it is nothing of this workshop."""


class NotForThisKey(Exception):
    """The envelope is sealed to other keys, or damaged."""


@dataclass(frozen=True, slots=True)
class Response:
    """One person's answers: `values` in the order of the survey's items."""

    rid: str
    workshop: str
    values: tuple[int, ...]


def open_envelope(envelope: bytes, bundle: Bundle, identity: x25519.Identity) -> Response:
    """Return the response in an envelope. Raises NotForThisKey or BadEnvelope."""
    content = content_of(envelope, bundle, identity, "response")
    rid, answers = content.get("rid"), content.get("answers")
    if not isinstance(rid, str) or not RID.fullmatch(rid) or not isinstance(answers, dict):
        raise BadEnvelope("it holds no response")
    if content.get("survey") != bundle.survey.hash:
        raise BadEnvelope("it answers another survey")
    return Response(rid, str(content["workshop"]), _values(bundle.survey, answers))


def content_of(
    envelope: bytes, bundle: Bundle, identity: x25519.Identity, what: str
) -> dict[str, Any]:
    """Return what an envelope holds, once it is of our format and of the bundle's workshop.

    Raises NotForThisKey or BadEnvelope, which calls it by the name `what`.
    """
    try:
        content = json.loads(decrypt(envelope, [identity]))
    except DecryptError as problem:
        raise NotForThisKey(str(problem)) from problem
    except (ValueError, RecursionError) as problem:
        raise BadEnvelope(f"it holds no {what}") from problem
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise BadEnvelope(f"it holds no {what}")
    if content.get("workshop") != bundle.sheet["workshop"]:
        raise BadEnvelope("it belongs to another workshop")
    return content


def _values(survey: Survey, answers: dict[str, Any]) -> tuple[int, ...]:
    if set(answers) != {item.id for item in survey.items}:
        raise BadEnvelope("its items are not those of the survey")
    for item in survey.items:
        value = answers[item.id]
        if type(value) is not int or value not in allowed_values(survey, item) | {SKIPPED}:
            raise BadEnvelope(f"the value of {item.id} is not possible")
    return tuple(answers[item.id] for item in survey.items)
