"""What installing a study would change on a kiosk: said before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.study.kept import kept_pack
from kiosk.study.model import Recipient, Study
from kiosk.study.pack import SURVEYS, Pack

FIELDS = ("title", "organisation", "contact", "target", "logo")


@dataclass(frozen=True)
class Changes:
    """The differences between a study on the kiosk and the file that would take its place.

    `fields` maps a name of FIELDS to (before, after), `surveys` a survey's id to "new", "changed"
    or "removed"; `new_receipts` are those whose receipts are believed from now on. Of a study that
    is new to the kiosk nothing is changed, and all is new.
    """

    is_new: bool
    fields: dict[str, tuple[str, str]]
    new_keys: tuple[Recipient, ...]
    gone_keys: tuple[Recipient, ...]
    new_receipts: tuple[Recipient, ...]
    gone_receipts: tuple[Recipient, ...]
    surveys: dict[str, str]

    @property
    def keys(self) -> bool:
        """Whether answers will be sealed to other keys than before."""
        return not self.is_new and bool(self.new_keys or self.gone_keys)

    @property
    def vouch(self) -> bool:
        """Whether somebody must vouch for the file: other keys, or others who sign receipts."""
        return self.keys or (not self.is_new and bool(self.new_receipts))

    @property
    def any(self) -> bool:
        """Whether anything that is on the kiosk now will be different."""
        return not self.is_new and bool(
            self.fields or self.vouch or self.gone_receipts or self.surveys
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the changes for `--json`."""
        return {
            "new": self.is_new,
            "fields": {name: list(both) for name, both in self.fields.items()},
            "new_keys": [recipient.key for recipient in self.new_keys],
            "gone_keys": [recipient.key for recipient in self.gone_keys],
            "new_receipts": [recipient.receipts for recipient in self.new_receipts],
            "gone_receipts": [recipient.receipts for recipient in self.gone_receipts],
            "surveys": self.surveys,
        }


def changes_of(pack: Pack, data: Path) -> Changes:
    """Return what installing `pack` would change on the kiosk in the folder `data`."""
    former = kept_pack(pack.study.id, data)
    new = pack.study
    if former is None:
        surveys = dict.fromkeys(pack.surveys or {}, "new")
        return Changes(True, {}, new.recipients, (), _signers(new), (), surveys)
    old = former.study
    return Changes(
        is_new=False,
        fields=_fields(former, pack),
        new_keys=tuple(one for one in new.recipients if one.key not in old.keys),
        gone_keys=tuple(one for one in old.recipients if one.key not in new.keys),
        new_receipts=_signers(new, old.receipt_keys),
        gone_receipts=_signers(old, new.receipt_keys),
        surveys={} if pack.surveys is None else _surveys(former, pack),
    )


def _signers(study: Study, known: tuple[str, ...] = ()) -> tuple[Recipient, ...]:
    """Return whose receipts this study believes, but for those with a key that is known."""
    return tuple(one for one in study.recipients if one.receipts not in ("", *known))


def _fields(former: Pack, pack: Pack) -> dict[str, tuple[str, str]]:
    old, new = former.study, pack.study
    found = {name: (_value(old, name), _value(new, name)) for name in FIELDS}
    changed = {name: both for name, both in found.items() if both[0] != both[1]}
    if pack.surveys is not None and former.files.get(old.logo) != pack.files.get(new.logo):
        changed["logo"] = found["logo"]
    return changed


def _value(study: Study, name: str) -> str:
    return str(getattr(study, name))


def _surveys(former: Pack, pack: Pack) -> dict[str, str]:
    """Return id -> what becomes of it, of each survey that does not stay as it is."""
    old, new = _survey_files(former), _survey_files(pack)
    gone = {name: "removed" for name in old if name not in new}
    changed = {
        name: "changed" if name in old else "new"
        for name, data in new.items()
        if old.get(name) != data
    }
    return dict(sorted((gone | changed).items()))


def _survey_files(pack: Pack) -> dict[str, bytes]:
    return {
        name.removeprefix(SURVEYS).removesuffix(".toml"): data
        for name, data in pack.files.items()
        if name.startswith(SURVEYS)
    }
