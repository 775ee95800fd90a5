"""Runs all checks, in the order in which a person would mend things."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.checkup import content, keeping, machine, reach
from kiosk.checkup.finding import N_, Finding
from kiosk.config import Config

Check = Callable[[Config], Finding]

CHECKS: tuple[Check, ...] = (
    machine.python,
    machine.folder,
    machine.space,
    machine.clock,
    reach.addresses,
    reach.port,
    content.fonts,
    content.translations,
    content.surveys,
    content.study,
    content.rehearsal,
    keeping.database,
    keeping.backup,
)
# In the running kiosk the port is its own; what counts is whether anybody gets through to it.
WHILE_RUNNING: dict[Check, Check] = {reach.port: reach.firewall}


def checkup(config: Config, *, running: bool = False) -> list[Finding]:
    """Return what each check finds. `running`: it is the serving kiosk that asks. Never raises."""
    checks = [WHILE_RUNNING.get(check, check) if running else check for check in CHECKS]
    return [_find(check, config) for check in checks]


def _find(check: Check, config: Config) -> Finding:
    try:
        return check(config)
    except Exception as problem:  # whatever it is: the other checks must still be told
        return Finding(
            check.__name__, "bad",
            N_("One check could not be made (%(check)s): %(problem)s."),
            N_("Please ask whoever looks after this computer."),
            {"check": check.__name__, "problem": str(problem) or type(problem).__name__},
        )  # fmt: skip
