"""`ddi.xml`: the dataset described for archives, DDI-Codebook 2.5, in every language (X7).

Elements stand in the order that the schema wants. https://ddialliance.org/Specification/DDI-Codebook/2.5/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from kiosk.dataset.described import RANGE, RID_LABEL, WORKSHOP_LABEL, one_line
from kiosk.dataset.pool import Pool
from kiosk.dataset.variables import LIMITS, Variable, missing_labels, variables
from kiosk.survey.model import Survey

NAMESPACE = "ddi:codebook:2_5"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TABLE = "responses.csv"
NO_TIME = "No time, order, language, device or address is kept with any response."


def write(pool: Pool, path: Path) -> None:
    """Write the file; it holds no time, so that equal data give equal bytes."""
    root = Element("codeBook", {"xmlns": NAMESPACE, "version": "2.5", LANG: pool.language})
    _study(SubElement(root, "stdyDscr"), pool)
    _file(SubElement(root, "fileDscr", ID="F1"), pool)
    data = SubElement(root, "dataDscr")
    for name, label in (("rid", RID_LABEL), ("workshop", WORKSHOP_LABEL)):
        key = SubElement(data, "var", ID=f"V_{name}", name=name, files="F1")
        _text(key, "labl", label, "en")
        SubElement(key, "varFormat", type="character")
    for variable in variables(pool.survey):
        _variable(data, variable, pool.survey)
    indent(root)
    ElementTree(root).write(path, "utf-8", xml_declaration=True, short_empty_elements=True)


def _study(parent: Element, pool: Pool) -> None:
    survey, study, tag = pool.survey, pool.bundle.study, pool.language
    months = sorted({str(sheet["month"]) for sheet in pool.workshops()})
    citation = SubElement(parent, "citation")
    titles = SubElement(citation, "titlStmt")
    _text(titles, "titl", f"{study.title}: {survey.title[tag]}", tag)
    for other in survey.languages:
        if other != tag:
            _text(titles, "parTitl", survey.title[other], other)
    _text(titles, "IDNo", f"{study.id}-{survey.id}")
    _text(SubElement(citation, "rspStmt"), "AuthEnty", study.organisation)
    _text(SubElement(citation, "prodStmt"), "producer", study.organisation)
    _text(SubElement(citation, "distStmt"), "contact", study.contact)
    _text(SubElement(citation, "verStmt"), "version", f"{survey.version} ({survey.hash})")
    about = SubElement(SubElement(parent, "stdyInfo"), "sumDscr")
    for event, month in (("start", months[0]), ("end", months[-1])):
        SubElement(about, "collDate", date=month, event=event).text = month
    _text(about, "anlyUnit", "Individual", "en")
    _text(about, "universe", "People who took part in a workshop", "en")
    _text(about, "dataKind", "Survey data", "en")
    method = SubElement(parent, "method")
    collection = SubElement(method, "dataColl")
    _text(collection, "timeMeth", "Cross-section: right after each workshop", "en")
    _text(collection, "collMode", "Self-administered questionnaire: computer-assisted", "en")
    _text(collection, "resInstru", f"Structured questionnaire, scale {survey.scale.id}", "en")
    _text(method, "notes", " ".join([LIMITS, NO_TIME, *(f"{m}." for m in pool.mapped)]), "en")


def _file(parent: Element, pool: Pool) -> None:
    about = SubElement(parent, "fileTxt")
    _text(about, "fileName", TABLE)
    size = SubElement(about, "dimensns")
    _text(size, "caseQnty", str(len(pool)))
    _text(size, "varQnty", str(len(pool.survey.items) + 2))
    _text(about, "fileType", "text/csv; charset=UTF-8")


def _variable(data: Element, variable: Variable, survey: Survey) -> None:
    item = variable.item
    nature = "ordinal" if variable.ordinal else "nominal"
    element = SubElement(data, "var", ID=f"V_{item.id}", name=item.id, files="F1",
                         intrvl="discrete", nature=nature)  # fmt: skip
    _in_every_language(element, "labl", item.text.by_language)
    question = SubElement(element, "qstn")
    _in_every_language(question, "qstnLit", item.text.by_language)
    valid = SubElement(element, "valrng")
    for value in sorted(variable.values):
        SubElement(valid, "item", VALUE=str(value))
    low, high = RANGE
    SubElement(SubElement(element, "invalrng"), "range", min=str(low), max=str(high))
    for missing, labels in (("N", variable.values), ("Y", missing_labels(survey))):
        for value, texts in sorted(labels.items()):
            category = SubElement(element, "catgry", missing=missing)
            _text(category, "catValu", str(value))
            _in_every_language(category, "labl", texts)
    for text in (item.theme, item.construct):
        if text:
            _text(element, "concept", text)
    SubElement(element, "varFormat", type="numeric")


def _in_every_language(parent: Element, name: str, texts: Mapping[str, str]) -> None:
    for tag, text in texts.items():
        _text(parent, name, text, tag)


def _text(parent: Element, name: str, text: str, tag: str = "") -> None:
    """Add an element with a text, without signs that XML cannot hold."""
    element = SubElement(parent, name, {LANG: tag} if tag else {})
    element.text = NOT_XML.sub("", one_line(text))
