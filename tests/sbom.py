"""Writes what the kiosk is made of (CycloneDX 1.6, JSON), out of the lock: `make sbom`.

Each package has its version and the checksums that an installation is held to. Which of them a
kiosk needs is read from what is installed.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from kiosk import __version__

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
EXTRAS = ("researcher", "sending", "sound")
Json = dict[str, Any]


class Pinned(NamedTuple):
    """One line of the lock: a package may stand there twice, for older and newer Pythons."""

    name: str
    version: str
    hashes: list[str]

    @property
    def purl(self) -> str:
        """Its name as all such lists write it."""
        return f"pkg:pypi/{self.name}@{self.version}"


def pinned(lock: str) -> list[Pinned]:
    """Return every package in a lock file, with its SHA-256 checksums, in order."""
    starts = [*PINNED.finditer(lock)]
    ends = [*(one.start() for one in starts[1:]), len(lock)]
    return sorted(
        Pinned(canonicalize_name(one[1]), one[2], HASH.findall(lock, one.end(), end))
        for one, end in zip(starts, ends, strict=True)
    )


def needs(name: str) -> list[NormalizedName]:
    """Return what an installed package needs here, extras left out; nothing if it is not here."""
    try:
        wanted = map(Requirement, metadata.requires(name) or [])
    except metadata.PackageNotFoundError:
        return []
    return sorted({canonicalize_name(one.name) for one in wanted
                   if one.marker is None or one.marker.evaluate({"extra": ""})})  # fmt: skip


def reached(names: Iterable[str]) -> set[NormalizedName]:
    """Return packages and all that they need."""
    found, left = set[NormalizedName](), [canonicalize_name(Requirement(one).name) for one in names]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += needs(name)
    return found


def sbom(lock: str) -> Json:
    """Return the list of parts as CycloneDX says it; the same lock gives the same list."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    known, own = pinned(lock), project["dependencies"]
    extras = [one for extra in EXTRAS for one in project["optional-dependencies"][extra]]
    scopes = dict.fromkeys(reached(extras), "optional") | dict.fromkeys(reached(own), "required")
    kiosk = f"pkg:pypi/{project['name']}@{__version__}"
    direct = {canonicalize_name(Requirement(one).name) for one in [*own, *extras]}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {
            "type": "application", "name": project["name"], "version": __version__,
            "bom-ref": kiosk, "purl": kiosk, "licenses": [{"license": {"id": project["license"]}}],
        }},
        "components": [
            {
                "type": "library", "name": one.name, "version": one.version,
                "bom-ref": one.purl, "purl": one.purl,
                "scope": scopes.get(canonicalize_name(one.name), "excluded"),
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in one.hashes],
            }
            for one in known
        ],
        "dependencies": [
            {"ref": kiosk, "dependsOn": _purls(direct, known)},
            *({"ref": one.purl, "dependsOn": _purls(needs(one.name), known)} for one in known),
        ],
    }  # fmt: skip


def _purls(names: Iterable[str], known: list[Pinned]) -> list[str]:
    return [one.purl for one in known if one.name in set(names)]


def main(path: Path) -> None:
    """Write the list into a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    found = sbom(LOCK.read_text(encoding="utf-8"))
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"{path}: {len(found['components'])} packages")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
