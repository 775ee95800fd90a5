"""A kiosk that nobody looks after for a week, on a clock that runs ahead: what grows?"""

from __future__ import annotations

import json
import subprocess
import sys

from tests.bench.figures import Figure, Part
from tests.week import Load

WARM_DAYS = 3


def measure(days: int, load: Load) -> Part:
    """Let the week pass in a process of its own; compare its end with the end of the third day."""
    command = [sys.executable, "-m", "tests.week", "--days", f"{days}",
               "--workshops", f"{load.workshops}", "--people", f"{load.people}",
               "--polls", f"{load.polls}"]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    ends = [json.loads(line) for line in run.stdout.splitlines()]
    warm, last = ends[WARM_DAYS - 1], ends[-1]
    since = (days - WARM_DAYS) * load.workshops
    answers = since * load.people
    return Part(
        f"{days} days unattended: {load.workshops} workshops a day, {load.people} people and "
        f"{2 * load.polls:,} polls in each; from the {WARM_DAYS}rd day's end to the last's",
        [
            Figure("memory in use by Python, more", (last["traced"] - warm["traced"]) / 1000, "kB",
                   100, note=f"of {last['traced'] / 1e6:.1f} MB"),
            Figure("resident memory, more", (last["resident"] - warm["resident"]) / 1e6, "MB",
                   note=f"of {last['resident'] / 1e6:.0f} MB, with the measuring itself"),
            Figure("open files, more", last["descriptors"] - warm["descriptors"], "", 0),
            Figure("threads, more", last["threads"] - warm["threads"], "", 0),
            Figure("kinds of files, more", len(last["others"]) - len(warm["others"]), "", 0),
            Figure("database, more", (last["database"] - warm["database"]) / 1000, "kB",
                   note=f"after {since} workshops and {answers} answers more, all packed and sent"),
        ],
    )  # fmt: skip
