"""`kiosk collect` on bundles of many sites: how long it takes, and how much memory."""

from __future__ import annotations

import secrets
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import psutil

from kiosk.bundle import layout
from kiosk.bundle.freeze import contents
from kiosk.cli.demo import PASSPHRASE
from kiosk.opening.keys import open_key
from kiosk.opening.new_study import NewStudy, make_study
from kiosk.store.workshop import Headcount, Plan, Workshop
from kiosk.study import archive
from kiosk.study.model import load_study
from kiosk.study.sealing import seal
from kiosk.survey.answers import OUTCOMES
from kiosk.survey.kinds import allowed_values
from kiosk.survey.loader import parse_survey
from tests.bench import peers
from tests.bench.figures import Figure, Part
from tests.conftest import SURVEY_FILE

BAR_SECONDS = 60.0
LOOK_AGAIN_SECONDS = 0.05


@dataclass(frozen=True)
class Run:
    """How long one run took, and the most memory it had at any moment."""

    seconds: float
    largest_mb: float


def measure(folder: Path, sites: int, few: int, many: int) -> Part:
    """Collect the same number of sites with few and with many responses each."""
    folder.mkdir(parents=True)
    study = make_unlocked_study(folder)
    runs = {}
    for responses in (few, many):
        bundles = folder / f"{responses}"
        make_bundles(bundles, study, responses, sites)
        runs[responses] = _collect(bundles, folder)
    again = _collect(folder / f"{many}", folder)
    each = (runs[many].largest_mb - runs[few].largest_mb) * 1000 / (sites * (many - few))
    return Part(
        f"kiosk collect, {sites:,} sites",
        [
            Figure(f"{few} responses each", runs[few].seconds, "s"),
            Figure(f"{many} responses each", runs[many].seconds, "s", BAR_SECONDS,
                   peers=peers.EXPORT),
            Figure("the same once more, nothing new", again.seconds, "s"),
            Figure(f"largest memory, {few} responses each", runs[few].largest_mb, "MB"),
            Figure(f"largest memory, {many} responses each", runs[many].largest_mb, "MB"),
            Figure("memory a response more", each, "kB",
                   note="all processes together"),
        ],
    )  # fmt: skip


def make_unlocked_study(folder: Path) -> NewStudy:
    """Return a new study, and leave its key unlocked in `plain.key`.

    Opening a locked key needs more memory than all the rest, for a second.
    """
    study = make_study(folder / "study", "Bench", "Nobody", "nobody@example.org", PASSPHRASE)
    (folder / "plain.key").write_text(str(open_key(study.key, PASSPHRASE)), encoding="utf-8")
    return study


def make_bundles(folder: Path, study: NewStudy, responses: int, workshops: int) -> None:
    """Write the bundles of so many workshops into a new folder."""
    folder.mkdir(parents=True)
    with ProcessPoolExecutor() as processes:
        make = partial(make_bundle, folder, study, responses)
        list(processes.map(make, range(workshops), chunksize=8))


def make_bundle(folder: Path, study: NewStudy, responses: int, number: int) -> None:
    """Write the bundle of one workshop, sealed as a kiosk seals."""
    source = SURVEY_FILE.read_text(encoding="utf-8")
    survey, keys = parse_survey(source), load_study(study.file).keys
    workshop = Workshop(
        id=secrets.token_hex(8), code="", state="closed", study=study.file.read_text("utf-8"),
        survey=survey.id, survey_file=source, opened_on="2026-03-01",
        plan=Plan("Draw", f"Site {number}", "Procreate", survey.languages, datetime(2026, 3, 1)),
        screen_key="", exit_code="", printed_address="", headcount=Headcount(), bundle=None,
        edition=1, changed=0, paper=False,
        counters=dict.fromkeys(OUTCOMES, 0) | {"complete": responses},
    )  # fmt: skip
    allowed = {item.id: sorted(allowed_values(survey, item)) for item in survey.items}
    envelopes = {
        secrets.token_bytes(16): seal(
            survey, workshop.id, {name: secrets.choice(codes) for name, codes in allowed.items()},
            keys,
        )
        for _ in range(responses)
    }  # fmt: skip
    data = archive.packed(contents(workshop, load_study(study.file), envelopes, {}))
    (folder / layout.name_of("bench", data)).write_bytes(data)


def _collect(bundles: Path, folder: Path) -> Run:
    return collect([str(bundles), "--key", str(folder / "plain.key"),
                    "--out", str(folder / f"dataset-{bundles.name}")])  # fmt: skip


def collect(arguments: Sequence[str]) -> Run:
    """Run the command, and look at all its processes as long as it runs."""
    command = [sys.executable, "-m", "kiosk", "collect", *arguments, "--json"]
    begun, largest = time.perf_counter(), 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
        process = psutil.Process(running.pid)
        while running.poll() is None:
            largest = max(largest, _resident_mb(process))
            time.sleep(LOOK_AGAIN_SECONDS)
    assert running.returncode == 0
    return Run(time.perf_counter() - begun, largest)


def _resident_mb(process: psutil.Process) -> float:
    whole = 0
    try:
        for one in (process, *process.children(recursive=True)):
            whole += one.memory_info().rss
    except psutil.NoSuchProcess:
        pass
    return whole / 1e6
