"""Many sites, ten bundles each, through real object storage: requests, time and memory."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.request import urlopen

from kiosk.opening.new_study import NewStudy
from kiosk.sync.deliver import deliver
from kiosk.sync.logins import Login, Logins
from tests.bench.collecting import Run, collect, make_bundles, make_unlocked_study
from tests.bench.figures import Figure, Part
from tests.server import free_ports
from tests.sync.seaweed import LENA, Seaweed, secret

EACH, RESPONSES, SITES_AT_ONCE = 10, 10, 8
COUNTED = re.compile(r"^SeaweedFS_s3_request_total\{.*\} ([\d.e+]+)$", re.M)


@dataclass(frozen=True)
class Season:
    """What it took to send and to collect the bundles of so many sites."""

    sites: int
    sent_seconds: float
    sent_requests: int
    first: Run
    first_requests: int
    again: Run
    again_requests: int


def measure(folder: Path, few: int, many: int) -> Part:
    """Send and collect the bundles of few sites, then of many."""
    folder.mkdir(parents=True)
    study = make_unlocked_study(folder)
    seasons = [_season(folder / f"{sites}", folder / "plain.key", study, sites)
               for sites in (few, many)]  # fmt: skip
    figures = [figure for season in seasons for figure in _figures(season)]
    return Part(
        f"object storage, {few:,} and {many:,} sites × {EACH} bundles of {RESPONSES} responses",
        [*figures, *_growth(*seasons)],
    )


def _season(folder: Path, key: Path, study: NewStudy, sites: int) -> Season:
    make_bundles(folder / "bundles", study, RESPONSES, sites * EACH)
    names, counter = [f"site-{number}" for number in range(sites)], free_ports(1)[0]
    server = Seaweed(folder / "server", names, f"-s3.metricsPort={counter}",
                     f"-metricsPort={counter}", "-metricsIp=127.0.0.1")  # fmt: skip
    try:
        before, begun = _requests(counter), time.perf_counter()
        _send(server, names, sorted((folder / "bundles").iterdir()))
        sent = time.perf_counter() - begun
        Logins(folder / "data").keep(server.address(), Login(LENA, secret(LENA)))
        wish = [server.address(), "--key", str(key), "--out", str(folder / "dataset"),
                "--data", str(folder / "data")]  # fmt: skip
        counts, runs = [before, _requests(counter)], list[Run]()
        for _ in range(2):
            runs.append(collect(wish))
            counts.append(_requests(counter))
    finally:
        server.kill()
    took = [after - before for before, after in pairwise(counts)]
    return Season(sites, sent, took[0], runs[0], took[1], runs[1], took[2])


def _send(server: Seaweed, sites: Sequence[str], bundles: Sequence[Path]) -> None:
    """Let each site deliver its bundles with its own key."""

    def send(number: int) -> None:
        target = server.inbox_of(sites[number])
        for bundle in bundles[number * EACH : (number + 1) * EACH]:
            deliver(target, bundle.name, bundle.read_bytes())
        target.close()

    with ThreadPoolExecutor(SITES_AT_ONCE) as threads:
        list(threads.map(send, range(len(sites))))


def _requests(port: int) -> int:
    """Return how many requests the server has answered, as it counts them itself."""
    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        return int(sum(float(count) for count in COUNTED.findall(answer.read().decode())))


def _figures(season: Season) -> list[Figure]:
    what = f"{season.sites:,} sites: "
    each = season.first_requests / (season.sites * EACH)
    return [
        Figure(what + "delivered and looked after", season.sent_seconds, "s",
               note=f"{season.sent_requests:,} requests, write-only keys"),
        Figure(what + "collected", season.first.seconds, "s",
               note=f"{season.first_requests:,} requests, {each:.2f} a bundle"),
        Figure(what + "once more, nothing new", season.again.seconds, "s",
               note=f"{season.again_requests:,} requests"),
        Figure(what + "largest memory", season.first.largest_mb, "MB",
               note="all processes of kiosk collect together"),
    ]  # fmt: skip


def _growth(few: Season, many: Season) -> list[Figure]:
    """Return how collecting grows; as the number of sites is 1 × as much a site."""
    times = many.sites / few.sites
    return [
        Figure("seconds a site, many against few", many.first.seconds / few.first.seconds / times,
               "×"),
        Figure("requests a site, many against few",
               many.first_requests / few.first_requests / times, "×"),
        Figure("memory, many against few", many.first.largest_mb / few.first.largest_mb, "×"),
    ]  # fmt: skip
