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
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kiosk import __version__

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
EXTRAS = ("researcher", "sending", "sound")
Json = dict[str, Any]


def pinned(lock: str) -> dict[str, tuple[str, list[str]]]:
    """Return name -> version and SHA-256 checksums of every package in a lock file."""
    starts = [*PINNED.finditer(lock)]
    ends = [*(one.start() for one in starts[1:]), len(lock)]
    return {
        canonicalize_name(one[1]): (one[2], HASH.findall(lock, one.end(), end))
        for one, end in zip(starts, ends, strict=True)
    }


def needs(name: str) -> list[str]:
    """Return what an installed package needs here, extras left out; nothing if it is not here."""
    try:
        wanted = map(Requirement, metadata.requires(name) or [])
    except metadata.PackageNotFoundError:
        return []
    return sorted({canonicalize_name(one.name) for one in wanted
                   if one.marker is None or one.marker.evaluate({"extra": ""})})  # fmt: skip


def reached(names: Iterable[str]) -> set[str]:
    """Return packages and all that they need."""
    found, left = set[str](), [canonicalize_name(Requirement(one).name) for one in names]
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
    required, optional = reached(own), reached(extras)
    kiosk = f"pkg:pypi/{project['name']}@{__version__}"
    refs = {name: f"pkg:pypi/{name}@{version}" for name, (version, _) in known.items()}
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
                "type": "library", "name": name, "version": version, "bom-ref": refs[name],
                "purl": refs[name],
                "scope": "required" if name in required
                else "optional" if name in optional else "excluded",
                "hashes": [{"alg": "SHA-256", "content": one} for one in hashes],
            }
            for name, (version, hashes) in sorted(known.items())
        ],
        "dependencies": [
            {"ref": kiosk, "dependsOn": [refs[name] for name in sorted(direct & set(refs))]},
            *({"ref": refs[name], "dependsOn": [refs[one] for one in needs(name) if one in refs]}
              for name in sorted(known)),
        ],
    }  # fmt: skip


def main(path: Path) -> None:
    """Write the list into a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    found = sbom(LOCK.read_text(encoding="utf-8"))
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"{path}: {len(found['components'])} packages")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
