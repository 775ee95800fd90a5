"""The page of a publication: every number in a table, and in words what is not said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk import __version__
from kiosk.report import thresholds
from kiosk.report.dataset import Question
from kiosk.report.faces import faces
from kiosk.report.lines import answer_text, question_text
from kiosk.report.names import TABLE_KINDS, group_name
from kiosk.report.publication import Part, Publication
from kiosk.report.safe.note import Note
from kiosk.report.safe.tables import Column, Place, said
from kiosk.report.templating import pages
from kiosk.report.words import Text, Words


@dataclass(frozen=True)
class Head:
    """What a row or a column is about: codes of the dataset, and words."""

    codes: str
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Row:
    """A group's answers to one question; None is a number that is not said."""

    head: Head
    n: int
    base: int | None
    numbers: tuple[int | None, ...]


@dataclass(frozen=True)
class Table:
    """One table; `about` is the question, or nothing where every row is one."""

    name: str
    about: Head | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Section:
    """Questions that share their answers: heading, columns, tables, and what is to be noted."""

    heading: str
    faced: bool
    columns: tuple[Head, ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...]


def tables_page(published: Publication, tag: str = "en") -> str:
    """Return the page, which needs nothing but itself. Raises Incomplete."""
    words, dataset = Words(tag), published.dataset
    context = {
        "title": words.pick(dataset.titles),
        "published": published,
        "months": words.months(meeting.month for meeting in dataset.meetings),
        "left_out": [_asked(words, published, question) for question in published.left_out],
        "groups": [(group_name(words, g.label, published.by), g) for g in published.groups],
        "sections": [
            _section(words, published, part, f"s{number}")
            for number, part in enumerate(published.parts, 1)
        ],
    }
    page = pages(words).get_template("tables.html")
    return page.render(context, words=words, limits=thresholds, version=__version__, faces=faces())


def _section(words: Words, published: Publication, part: Part, name: str) -> Section:
    return Section(
        words.translated(TABLE_KINDS[part.questions[0].kind]),
        part.questions[0].has_faces,
        tuple(_column(words, part.questions[0], column) for column in part.safe.columns),
        tuple(_tables(words, published, part, name)),
        tuple(_note(words, note, published.by) for note in part.safe.notes),
    )


def _tables(words: Words, published: Publication, part: Part, name: str) -> Iterator[Table]:
    """Yield a table for each question; if there is one group only, one with all questions."""
    asked = [_asked(words, published, question) for question in part.questions]
    groups = list(part.safe.groups)
    if len(groups) == 1:
        rows = (_row(part, head, groups[0], head.codes) for head in asked)
        yield Table(name, None, tuple(rows))
        return
    for head in asked:
        heads = [Head("", (Text(group_name(words, group, published.by), words.language.tag),))
                 for group in groups]  # fmt: skip
        rows = (_row(part, h, g, head.codes) for h, g in zip(heads, groups, strict=True))
        yield Table(f"{name}-{head.codes}", head, tuple(rows))


def _row(part: Part, head: Head, group: str, item: str) -> Row:
    cells = (part.safe.cells[Place(item, group, column)] for column in part.safe.columns)
    base = said(part.safe.base(item, group))
    return Row(head, part.safe.n(group), base, tuple(map(said, cells)))


def _asked(words: Words, published: Publication, question: Question) -> Head:
    return Head(question.id, (question_text(words, published.dataset, question),))


def _column(words: Words, question: Question, column: Column) -> Head:
    labels = {**question.labels, **question.missing}
    texts = (answer_text(words, value, labels[value]) for value in column)
    return Head(" ".join(map(str, column)), tuple(texts))


def _note(words: Words, note: Note, by: str) -> str:
    """Return a note in the reader's language."""
    named: dict[str, Sequence[str]] = {
        name: [group_name(words, label, by) for label in labels]
        for name, labels in note.groups.items()
    }
    groups = {name: words.both(labels) for name, labels in named.items()}
    return words.gettext(note.text, item=note.item, **groups)
