"""The list of what the kiosk is made of says everything that the lock pins, and nothing else."""

from __future__ import annotations

import json
import re
from importlib import metadata
from pathlib import Path

from packaging.utils import canonicalize_name

from kiosk import __version__
from tests.sbom import LOCK, main, pinned, reached, sbom

LOCKED = LOCK.read_text(encoding="utf-8")


def test_every_pinned_package_is_in_the_list_with_all_its_checksums(tmp_path: Path) -> None:
    main(tmp_path / "new" / "sbom.json")
    found = json.loads((tmp_path / "new" / "sbom.json").read_text(encoding="utf-8"))
    parts = found["components"]
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    assert found["metadata"]["component"]["version"] == __version__
    assert len(parts) == len(re.findall(r"(?m)^[a-z0-9].*==", LOCKED)) > 50
    assert sum(len(one["hashes"]) for one in parts) == LOCKED.count("--hash=sha256:")
    assert len({one["bom-ref"] for one in parts}) == len(parts)
    for one in parts:
        assert one["purl"] == one["bom-ref"] == f"pkg:pypi/{one['name']}@{one['version']}"


def test_what_a_kiosk_needs_is_told_from_what_researchers_and_developers_need() -> None:
    scopes = {one["name"]: one["scope"] for one in sbom(LOCKED)["components"]}
    wanted = {"flask": "required", "werkzeug": "required", "pyrage": "required",
              "polars": "optional", "paramiko": "optional", "pytest": "excluded"}  # fmt: skip
    assert {name: scopes[name] for name in wanted} == wanted


def test_every_reference_leads_somewhere_and_the_list_is_the_same_each_time() -> None:
    found = sbom(LOCKED)
    known = {one["bom-ref"] for one in found["components"]}
    for one in found["dependencies"]:
        assert set(one["dependsOn"]) <= known
    assert found == sbom(LOCKED)
    flask = next(one for one in found["dependencies"] if one["ref"].startswith("pkg:pypi/flask@"))
    assert any(name.startswith("pkg:pypi/werkzeug@") for name in flask["dependsOn"])


def test_all_that_a_kiosk_needs_here_is_pinned() -> None:
    here = {canonicalize_name(one.name) for one in metadata.distributions()}
    needed = reached(["flask", "waitress", "pyrage", "sqlite-utils", "urllib3"]) & here
    assert needed <= {one.name for one in pinned(LOCKED)}
