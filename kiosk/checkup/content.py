"""Checks of what the kiosk shows and asks: fonts, texts, surveys, and the study."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from kiosk.checkup.finding import N_, Finding
from kiosk.config import Config
from kiosk.languages import LANGUAGES, STAFF_LANGUAGES
from kiosk.paths import bundled
from kiosk.store.rehearsal import Rehearsals
from kiosk.study.model import Study, installed, load_study
from kiosk.survey.loader import load_survey
from kiosk.survey.problems import SurveyProblems
from kiosk.translations import PARTICIPANTS, STAFF, read_texts

AGAIN = N_("A part of the kiosk is missing. Please install it again.")


def fonts(config: Config) -> Finding:
    """Check that every script has its font, and the names of the languages have theirs."""
    wanted = sorted({language.script for language in LANGUAGES.values()} | {"names"})
    folder = bundled("static") / "fonts"
    missing = [name for name in wanted if not (folder / f"{name}.woff2").is_file()]
    if missing:
        return Finding(
            "fonts", "bad",
            N_("These fonts are missing: %(fonts)s. Some phones will show empty boxes instead of "
               "letters."),
            AGAIN,
            {"fonts": ", ".join(missing)},
        )  # fmt: skip
    return Finding("fonts", "good", N_("The fonts of all languages are there."))


def translations(config: Config) -> Finding:
    """Check that the interface is complete in all languages of participants and of staff."""
    answering = _incomplete(PARTICIPANTS, LANGUAGES)
    if answering:
        text = N_("Nobody can answer in these languages, since texts are missing: %(languages)s.")
        return Finding("translations", "warn", text, AGAIN, {"languages": answering})
    leading = _incomplete(STAFF, STAFF_LANGUAGES)
    if leading:
        text = N_("The pages for staff are not complete in these languages: %(languages)s.")
        return Finding("translations", "warn", text, AGAIN, {"languages": leading})
    text = N_("People can answer in %(count)s languages.")
    return Finding("translations", "good", text, values={"count": len(LANGUAGES)})


def surveys(config: Config) -> Finding:
    """Check that the surveys can be read: those that ship, and the kiosk's own."""
    shipped = sorted(bundled("surveys").glob("*.toml"))
    if not shipped:
        text = N_("The survey that comes with the kiosk is missing.")
        return Finding("surveys", "bad", text, AGAIN)
    broken = []
    own = [*config.data.glob("surveys/*.toml"), *config.data.glob("studies/*/surveys/*.toml")]
    for path in (*shipped, *sorted(own)):
        try:
            load_survey(path)
        except SurveyProblems:
            broken.append(path.stem)
    if broken:
        return Finding(
            "surveys", "bad",
            N_("These surveys cannot be used: %(surveys)s."),
            N_("Please ask whoever wrote the survey. This command says what is wrong: "
               "kiosk survey check %(first)s"),
            {"surveys": ", ".join(broken), "first": broken[0]},
        )  # fmt: skip
    return Finding("surveys", "good", N_("All surveys can be read."))


def study(config: Config) -> Finding:
    """Check that a study is installed and can be used, and that it has a recovery key."""
    found = []
    for path in installed(config.data).values():
        try:
            found.append(load_study(path))
        except SurveyProblems as problem:
            first = problem.problems[0]
            return Finding(
                "study", "bad",
                N_("The study file %(file)s cannot be used: %(place)s: %(problem)s"),
                N_("Please ask the researchers to send it again, then run: "
                   "kiosk study install study.toml"),
                {"file": path.name, "place": first.where, "problem": first.what},
            )  # fmt: skip
    if not found:
        return Finding(
            "study", "bad",
            N_("This kiosk holds no study."),
            N_("Please ask the researchers for their study file, then run: "
               "kiosk study install study.toml"),
        )  # fmt: skip
    return _keys_of(found)


def rehearsal(config: Config) -> Finding:
    """Check that the researchers were seen to open a test answer of this kiosk."""
    for path in installed(config.data).values():
        with suppress(SurveyProblems):  # another check tells of it
            found = load_study(path)
            if Rehearsals(config.data).day(found) is None:
                return Finding(
                    "rehearsal", "warn",
                    N_("The study “%(title)s” is not rehearsed: nobody has seen yet that the "
                       "researchers can open what this kiosk seals."),
                    N_("On the page “Studies”, please save a test file and send it to the "
                       "researchers."),
                    {"title": found.title},
                )  # fmt: skip
    return Finding("rehearsal", "good", N_("No study waits for a rehearsal."))


def _keys_of(studies: list[Study]) -> Finding:
    """Judge studies that can be used by how many keys can open their answers."""
    for one in studies:
        if len(one.recipients) == 1:
            return Finding(
                "study", "warn",
                N_("The study “%(title)s” has one key and no recovery key. If the researchers "
                   "lose their key, nobody can ever read the answers."),
                N_("Before the first workshop, please ask the researchers for a study file with a "
                   "recovery key."),
                {"title": one.title},
            )  # fmt: skip
    if len(studies) > 1:
        values = {"count": len(studies), "titles": ", ".join(one.title for one in studies)}
        text = N_("This kiosk holds %(count)s studies: %(titles)s.")
        return Finding("study", "good", text, values=values)
    (only,) = studies
    text = N_("The study “%(title)s” is installed. Its researchers have %(keys)s keys.")
    return Finding("study", "good", text,
                   values={"title": only.title, "keys": len(only.recipients)})  # fmt: skip


def _incomplete(domain: str, wanted: Iterable[str]) -> str:
    """Return the languages that lack a text, by their own names; empty if none does."""
    complete = read_texts(domain).complete
    return ", ".join(LANGUAGES[tag].endonym for tag in wanted if tag not in complete)
