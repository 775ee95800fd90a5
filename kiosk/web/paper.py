"""The survey as an A4 sheet for pens: one page a language, and nothing in it that needs colour."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping

from babel.support import NullTranslations
from jinja2 import Environment
from markupsafe import Markup, escape

from kiosk.languages import Language
from kiosk.paths import bundled
from kiosk.survey.kinds import options_of
from kiosk.survey.model import ConsentLine, Item, Option, Survey
from kiosk.web.assets import style
from kiosk.web.texts import Texts


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


HANDED_IN = _(
    "After you hand in this sheet, we cannot find or delete your answers. "
    "Nobody knows which ones are yours."
)
SEND, PRACTICE = _("Send"), _("This is only practice. It is not saved.")
BLANK = "_" * 24  # for what is not known; filled in by hand
FONT_FACE = re.compile(r'@font-face\{font-family:"Kiosk (\w+)"[^}]*\}')
Part = tuple[tuple[Option, ...], list[tuple[int, Item]]]


def sheet(
    environment: Environment, survey: Survey, language: Language, interface: NullTranslations,
    words: Mapping[str, str], *, staff: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """Return the sheet as a page in one language.

    `words` may have `heading` and `site` of a workshop, `university`, `contact` and `tool`; what
    is missing of the study is left blank to write on. For `staff`, the page has a way back and a
    button; for others it holds its font and needs nothing but itself.
    """
    texts = Texts(language.tag, _filled_in(words, survey, language))
    css = style("paper.css")
    return environment.get_template("paper/sheet.html").render(
        survey=survey, language=language, filled=texts.filled, plain=texts.plain,
        consent=consent_lines(survey, texts, interface), parts=parts_of(survey),
        practice=interface.gettext(PRACTICE), heading=words.get("heading", ""),
        site=words.get("site", ""), style=css if staff else _with_font(css, language), staff=staff,
    )  # fmt: skip


def consent_lines(
    survey: Survey, texts: Texts, interface: NullTranslations
) -> list[tuple[ConsentLine, Markup]]:
    """Return the consent text as it holds on paper, line by line.

    What is said of the timer is left out; the line that names the button *Send* speaks of handing
    in the sheet instead.
    """
    send, handed_in = interface.gettext(SEND), interface.gettext(HANDED_IN)
    return [
        (line, escape(handed_in) if send in line.text[texts.tag] else texts.filled(line.text))
        for line in survey.consent
        if not line.when
    ]


def parts_of(survey: Survey) -> list[Part]:
    """Return number and item, in tables: neighbours with the same options share one.

    The practice question comes first, with the number 0.
    """
    parts: list[Part] = []
    for number, item in enumerate((survey.practice, *survey.items)):
        options = in_order(survey, item)
        if not parts or parts[-1][0] != options:
            parts.append((options, []))
        parts[-1][1].append((number, item))
    return parts


def in_order(survey: Survey, item: Item) -> tuple[Option, ...]:
    """Return an item's options as they stand on the screen, in reading direction."""
    options = options_of(survey, item)
    return options[::-1] if item.kind == "smiley" and survey.scale.order == "desc" else options


def _filled_in(words: Mapping[str, str], survey: Survey, language: Language) -> dict[str, str]:
    return {
        "university": words.get("university") or BLANK,
        "contact": words.get("contact") or BLANK,
        "tool": words.get("tool") or survey.tool[language.tag],
        "n": language.number(len(survey.items)),
        "m": language.number(survey.minutes),
        "t": "",
    }


def _with_font(css: str, language: Language) -> Markup:
    """Return the style sheet with the language's own font inside, and without the others."""
    data = (bundled("static") / "fonts" / f"{language.script}.woff2").read_bytes()
    inside = f"data:font/woff2;base64,{base64.b64encode(data).decode()}"
    own = FONT_FACE.sub(lambda found: found[0] if found[1] == language.script else "", css)
    return Markup(own.replace(f"/fonts/{language.script}.woff2", inside))  # noqa: S704 - our files
