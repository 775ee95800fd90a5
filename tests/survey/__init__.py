"""Tests of surveys. Lena edits the survey that ships, and makes every mistake there is."""

from __future__ import annotations

import re

from tests.conftest import SURVEY_FILE

SHIPPED = SURVEY_FILE.read_text(encoding="utf-8")
# In these stories it is the first version, however often it has been counted up since.
SOURCE = re.sub(r'^version = "\d+"$', 'version = "1"', SHIPPED, count=1, flags=re.MULTILINE)

OPTIONS = "".join(f'[[item.option]]\nvalue = {n}\nlabel.en = "{w}"\nlabel.nb = "{w} (nb)"\n'
                  for n, w in enumerate(("few", "some", "many"), start=1))  # fmt: skip
FACES = "".join(f'[[scale.option]]\nvalue = {n}\nlabel.en = "{n * "+"}"\nlabel.nb = "{n * "-"}"\n'
                for n in range(1, 6))  # fmt: skip


def asked(item: str, kind: str, more: str = "") -> str:
    """Return one question of a facilitator's form."""
    text = f'text.en = "{item.capitalize()}?"\ntext.nb = "{item.capitalize()} på norsk?"\n'
    return f'[[item]]\nid = "{item}"\nkind = "{kind}"\n{text}{more}'


# A facilitator's form with each kind of question that it can have.
FORM = f"""id = "visit"
version = "1"
audience = "facilitator"
phase = "same_day"
translation.en = "source"
translation.nb = "machine-draft"
title.en = "The visit"
title.nb = "Besøket"
intro.en = "How was it?"
intro.nb = "Hvordan var det?"
[scale]
id = "plus"
{FACES}
{asked("groups", "several", OPTIONS)}
{
    asked(
        "helpers",
        "grid",
        f'''[[item.row]]
id = "school"
label.en = "The school"
label.nb = "Skolen"
[[item.row]]
id = "ngo"
label.en = "An association"
label.nb = "En forening"
{OPTIONS}''',
    )
}
{asked("level", "choice", OPTIONS)}
{asked("mood", "smiley")}
{asked("came", "number", "max = 40")}
{asked("words", "text")}
"""
COLUMNS = ["groups_1", "groups_2", "groups_3", "helpers_school", "helpers_ngo", "level", "mood",
           "came", "words"]  # fmt: skip


def edited(*changes: tuple[str, str]) -> str:
    """Return the shipped survey's source with each (old, new) carried out at its first place."""
    source = SOURCE
    for old, new in changes:
        assert old in source, f"the shipped survey has no {old!r} any more"
        source = source.replace(old, new, 1)
    return source


def block_of(item: str) -> str:
    """Return one question of the shipped survey, as it stands in the file."""
    start = SOURCE.index(f'[[item]]\nid = "{item}"')
    ends = (SOURCE.find(end, start + 1) for end in ("[[item]]", "[thanks]"))
    return SOURCE[start : min(end for end in ends if end > start)]


def next_version() -> str:
    """Return the shipped survey a year later: worded anew, one question gone, moved and added."""
    added = block_of("q01").replace("q01", "q17").replace("I liked", "I will recommend")
    return edited(
        ('version = "1"', 'version = "2"'),
        ("I liked this workshop", "I loved this workshop"),
        (block_of("q03"), ""),
        ('id = "q15"', 'id = "q16"'),
        (block_of("q14"), block_of("q14") + added),
    )
