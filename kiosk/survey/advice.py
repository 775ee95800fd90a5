"""Advice to authors: wording that people misread (C1, M4), questions that give away (P19)."""

from __future__ import annotations

import re

from kiosk.survey.model import Item, Survey
from kiosk.survey.problems import Problems

MOST_WORDS = 12
# Words (or "word-" beginnings) that turn a statement round, so that a happy face means "no".
NEGATIONS = {
    "en": "not no never without nothing nobody cannot can't don't didn't isn't wasn't won't",
    "nb": "ikke ingen aldri uten ingenting",
    "da": "ikke ingen aldrig uden intet",
    "nl": "niet geen nooit zonder niets",
    "fr": "ne pas jamais sans aucun aucune rien",
    "ar": "لا لم لن ليس ليست بدون غير",
    "uk": "не ні ніколи без нічого",
    "ru": "не нет никогда без ничего",
    "fa": "نه نیست نیستم هرگز بدون نمی-",
    "fa-AF": "نه نیست نیستم هرگز بدون نمی-",
    "ps": "نه مه هیڅکله پرته",
    "so": "ma maya weligay la'aan",
    "ti": "ኣይ- ብዘይ ፈጺሙ",
    "nn": "ikkje ingen aldri utan ingenting",
    "de": "nicht kein keine keinen nie ohne nichts",
    "tr": "değil yok hiç asla",
    "pl": "nie nigdy bez nikt nic",
    "ku": "na tune nabe nikarim nizanim",
    "ckb": "نییە نیم نا هیچ هەرگیز بێ",
    "ro": "nu niciodată fără nimic nimeni",
    "lt": "ne nėra niekada be nieko nenoriu negaliu",
    "es": "no nunca sin nada nadie",
    "sw": "si sio siwezi sijui hakuna bila kamwe",
    "sq": "nuk mos kurrë pa asgjë",
}
TWO_IDEAS = re.compile(r"\b(and|or)\b", re.IGNORECASE)
REVEALING = re.compile(
    r"\b(how old|your age|years old|born|nationality|citizenship|religion|job|occupation|profession"
    r"|address|postcode|health|illness|asylum|refugee)\b",
    re.IGNORECASE,
)


def advise(survey: Survey, problems: Problems, group: int | None = None) -> None:
    """Note warnings about wording and privacy; `group` is the number of people expected."""
    for item in survey.items:
        _advise_wording(item, problems)
        if REVEALING.search(item.text.by_language.get("en", "")):
            problems.warning(
                f"item {item.id}",
                "this question can give a person away in a small group.",
                "Please leave it out, or ask in broad bands and read the chapter on anonymity.",
            )
    if sum(item.background for item in survey.items) > 1:
        problems.warning(
            "item", "there is more than one background question.",
            "Together they single people out; please keep one at most.",
        )  # fmt: skip
    if group is not None and group < 10:
        problems.warning(
            "the survey", f"{group} people are expected.",
            "Results of fewer than ten people are not published; please pool several workshops.",
        )  # fmt: skip


def _advise_wording(item: Item, problems: Problems) -> None:
    for tag, line in item.text.by_language.items():
        where = f"item {item.id} › text › {tag}"
        words = line.split()
        if len(words) > MOST_WORDS:
            problems.warning(
                where, f"{len(words)} words are many.", f"Please use at most {MOST_WORDS}."
            )
        turned = [word for word in words if _negates(tag, word)]
        if turned and item.kind == "smiley":
            problems.warning(where, f"“{turned[0]}” turns the statement round.",
                             "Please word it so that “yes” is the good end.")  # fmt: skip
    if item.kind == "smiley" and TWO_IDEAS.search(item.text.by_language.get("en", "")):
        problems.warning(f"item {item.id} › text › en", "“and” or “or” joins two ideas.",
                         "Please ask one thing at a time.")  # fmt: skip


def _negates(tag: str, word: str) -> bool:
    bare = word.strip(".,!?:;«»“”\"'،؟።፣").lower()
    for negation in NEGATIONS.get(tag, "").split():
        if bare == negation or (negation.endswith("-") and bare.startswith(negation[:-1])):
            return True
    return tag == "fr" and bare.startswith(("n'", "n’"))
