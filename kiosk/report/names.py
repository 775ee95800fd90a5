"""What codes of the dataset are called in the report; a code that is not here stands as it is."""

from __future__ import annotations

from kiosk.report.pools import NONE
from kiosk.report.safe.tables import ALL, OTHER
from kiosk.report.words import Words
from kiosk.survey.model import NOT_SHOWN, SKIPPED

N_ = str  # marks a text for the catalogue

CONSTRUCTS = {
    "K1": N_("Reaction to the workshop (Kirkpatrick, level 1)"),
    "K2": N_("Learning (Kirkpatrick, level 2)"),
    "bonding": N_("Bonding: ties to people one feels close to"),
    "bridging": N_("Bridging: ties to people unlike oneself"),
    "linking": N_("Linking: ties to institutions"),
    "trust": N_("Trust"),
    "knowledge": N_("Knowledge"),
    "self-efficacy": N_("Self-efficacy: can do it alone"),
    "confidence": N_("Confidence"),
    "commitment": N_("Commitment: wants to use it"),
    "relevance": N_("Relevance to daily life"),
    "loyalty": N_("Loyalty to the place"),
    "co-creation": N_("Co-creation"),
}
STATES = {
    "source": N_("source text"),
    "machine-draft": N_("machine draft"),
    "translated": N_("translated twice"),
    "reviewed": N_("reviewed"),
    "adjudicated": N_("agreed by the team"),
    "pretested": N_("tried out with people"),
}
CHOICES = {
    "site": N_("Place"),
    "month": N_("Month"),
    "tool": N_("Tool"),
    "workshop": N_("Workshop"),
}
# Groups that no workshop names: a table gives them by itself.
GROUPS = {ALL: N_("All"), OTHER: N_("Others"), NONE: N_("Not known")}
TABLE_KINDS = {
    "smiley": N_("Questions with five faces"),
    "yesno": N_("Questions with yes or no"),
    "choice": N_("Questions with one of several answers"),
}
# Nobody saw these two as an answer, so no survey words them.
CODES = {SKIPPED: N_("Not answered"), NOT_SHOWN: N_("Not shown")}


def construct_name(words: Words, declared: str) -> str:
    """Return what a construct is called, with the name that the survey declares in front."""
    known = CONSTRUCTS.get(declared)
    return words.translated(known) if known else declared


def choice_name(words: Words, name: str) -> str:
    """Return what a choice of workshops is narrowed by."""
    return words.translated(CHOICES[name])


def group_name(words: Words, label: str, by: str) -> str:
    """Return what a group of workshops is called."""
    if label in GROUPS:
        return words.translated(GROUPS[label])
    return words.months([label]) if by == "month" else label


def state_name(words: Words, state: str) -> str:
    """Return how far a translation has come."""
    return words.translated(STATES[state]) if state in STATES else state
