"""One kiosk's settings: every field has a default and says in `help` what it is for."""

from __future__ import annotations

import dataclasses
import os
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kiosk.languages import STATES
from kiosk.paths import default_data
from kiosk.toml import read_toml


class WrongSetting(Exception):
    """A setting that cannot be used; the message says which, and what to write instead."""


@dataclass(frozen=True)
class Config:
    """Settings, from `kiosk.toml` in the data folder, then `KIOSK_…` variables, then flags."""

    data: Path = field(
        default=Path(),
        metadata={"help": "Folder in which the kiosk keeps its workshops and bundles."},
    )
    host: str = field(
        default="0.0.0.0",  # noqa: S104 - phones must reach it; staff pages answer on loopback only
        metadata={"help": "Address to listen on; 127.0.0.1 keeps phones out."},
    )
    port: int = field(default=8080, metadata={"help": "Port to listen on."})
    address: str = field(
        default="",
        metadata={"help": "Address for QR codes, such as 192.168.1.20; empty: found by itself."},
    )
    staff_on_lan: bool = field(
        default=False,
        metadata={"help": "Let staff pages be opened from other devices in the network, too."},
    )
    target: str = field(
        default="",
        metadata={"help": "Where bundles go, in place of what the study says; empty: as it says."},
    )
    backup_to: str = field(
        default="",
        metadata={"help": "Folder on another disk for a backup every day, between workshops."},
    )
    offer_from: str = field(
        default="machine-draft",
        metadata={
            "help": "How far a translation must have come before people are offered it.",
            "choices": STATES[1:],
        },
    )
    send: bool = field(
        default=True,
        metadata={"help": "Send closed workshops by itself while the kiosk runs."},
    )


SETTINGS: dict[str, dataclasses.Field[Any]] = {f.name: f for f in dataclasses.fields(Config)}
IN_FILE = [name for name in SETTINGS if name != "data"]  # the folder cannot name itself
WORDS: dict[type, str] = {
    int: "a whole number", str: "a text in quotes", bool: "true or false"
}  # fmt: skip


def load_config(data: Path | None = None, **flags: Any) -> Config:
    """Read the settings of the kiosk whose data folder is `data` (default: the user's own).

    Raises WrongSetting, with what to write instead.
    """
    folder = (data or Path(os.environ.get("KIOSK_DATA") or default_data())).expanduser().absolute()
    values = _from_file(folder / "kiosk.toml")
    values |= {
        name: value for name in IN_FILE if (value := os.environ.get(f"KIOSK_{name.upper()}"))
    }
    values |= {name: value for name, value in flags.items() if value is not None}
    checked = {name: _convert(name, value) for name, value in values.items()}
    return Config(data=folder, **checked)


def _from_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        values = read_toml(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise WrongSetting(f"{path} cannot be read: {problem}. Please mend that line.") from problem
    for name in values:
        if name not in IN_FILE:
            guess = get_close_matches(name, IN_FILE, n=1)
            hint = f"Did you mean “{guess[0]}”?" if guess else f"There are: {', '.join(IN_FILE)}."
            raise WrongSetting(f"{path} has an unknown setting “{name}”. {hint}")
    return values


def _convert(name: str, value: Any) -> Any:
    """Return a setting's value in its type; variables and flags come as text."""
    kind = type(SETTINGS[name].default)
    if kind is bool and value in ("true", "false"):
        value = value == "true"
    if kind is int and isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    choices = SETTINGS[name].metadata.get("choices", ())
    if choices and value not in choices:
        raise WrongSetting(
            f"The setting “{name}” is “{value}”, but must be one of: {', '.join(choices)}. "
            f"{SETTINGS[name].metadata['help']}"
        )
    right = type(value) is kind and (name != "port" or 1 <= int(str(value)) <= 65_535)
    if not right:
        raise WrongSetting(
            f"The setting “{name}” is “{value}”, but must be {WORDS[kind]}"
            f"{' from 1 to 65535' if name == 'port' else ''}. {SETTINGS[name].metadata['help']}"
        )
    return value
