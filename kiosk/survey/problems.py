"""What an author is told: where the problem is, what it is, and what to do. All at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches

GUESSES = 100  # a file with more problems is no survey; guessing at each takes its time


@dataclass(frozen=True)
class Problem:
    """One thing to mend ("error") or to think about ("warning")."""

    level: str
    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """Return the problem as one line for a terminal."""
        return f"{self.level}: {self.where}: {self.what} {self.remedy}"

    def as_dict(self) -> dict[str, str]:
        """Return the problem for `--json`."""
        return asdict(self)


@dataclass
class Problems:
    """Collects problems, so that an author sees all of them at once."""

    found: list[Problem] = field(default_factory=list)

    def error(self, where: str, what: str, remedy: str) -> None:
        """Note something that must be mended."""
        self.found.append(Problem("error", where, what, remedy))

    def warning(self, where: str, what: str, remedy: str) -> None:
        """Note something that may be right, but seldom is."""
        self.found.append(Problem("warning", where, what, remedy))

    def unknown_key(self, where: str, key: str, known: Iterable[str]) -> None:
        """Note a key that nobody reads, with the one that was probably meant."""
        known = sorted(known)
        guess = get_close_matches(key, known, n=1) if len(self.found) < GUESSES else []
        remedy = f"Did you mean “{guess[0]}”?" if guess else f"Known here: {', '.join(known)}."
        self.error(where, f"the key “{key}” is not known.", remedy)

    @property
    def errors(self) -> list[Problem]:
        """The problems that must be mended."""
        return [problem for problem in self.found if problem.level == "error"]


class SurveyProblems(Exception):
    """The survey cannot be used; `problems` says why, all at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
