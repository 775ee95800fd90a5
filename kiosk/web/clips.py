"""Which clips a workshop's pages can play, and where they are fetched."""

from __future__ import annotations

from flask import current_app, url_for

from kiosk.sound.library import Clip, Sounds
from kiosk.store.workshop import Workshop
from kiosk.web.texts import study_of, survey_of


def sounds() -> Sounds:
    """Return the clips on this kiosk."""
    return Sounds(current_app.extensions["config"].data)


def clips_of(workshop: Workshop, tag: str) -> dict[str, Clip]:
    """Return the clips that fit a workshop's texts in one language; nothing if too few do."""
    return sounds().of(
        survey_of(workshop.survey_file), tag, workshop.tool,
        study=study_of(workshop.study), minutes=workshop.plan.idle_minutes,
    )  # fmt: skip


def listed(workshop: Workshop, tag: str) -> dict[str, object]:
    """Return what a page needs to play the clips of one language: addresses, and who speaks."""
    found = clips_of(workshop, tag)
    return {
        "synthetic": any(clip.is_synthetic for clip in found.values()),
        "clips": {name: _links(clip) for name, clip in found.items()},
    }


def _links(clip: Clip) -> dict[str, object]:
    links = {kind: url_for("sounds.file", name=path.name) for kind, path in clip.files.items()}
    return {**links, "seconds": clip.seconds}
