"""`datapackage.json`: the dataset described for machines (Data Package v2, X5)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kiosk.dataset.described import RID_LABEL, WORKSHOP_LABEL
from kiosk.dataset.formats import items, workshops
from kiosk.dataset.pool import Pool
from kiosk.dataset.report_columns import FormColumns, ReportColumn, about_name, form_columns
from kiosk.dataset.variables import (
    Labels,
    Variable,
    in_words,
    main_language,
    missing_labels,
    variables,
)
from kiosk.survey.model import Survey

PROFILE = "https://datapackage.org/profiles/2.0/"
WORKSHOP = {"name": "workshop", "type": "string", "title": WORKSHOP_LABEL}
TO_WORKSHOPS = {
    "fields": ["workshop"], "reference": {"resource": "workshops", "fields": ["workshop"]},
}  # fmt: skip


def write(pool: Pool, path: Path) -> None:
    """Write the descriptor; it holds no time, so that equal data give equal bytes."""
    survey, study = pool.survey, pool.bundle.study
    package = {
        "$schema": f"{PROFILE}datapackage.json",
        "name": f"{study.id}-{survey.id}",
        "title": f"{study.title}: {survey.title[main_language(survey)]}",
        "titles": {tag: f"{study.title}: {text}" for tag, text in survey.title.by_language.items()},
        "version": survey.version,
        "translation": dict(survey.translation),
        "resources": [
            _resource("responses", _responses(survey, pool.language)),
            _resource("workshops", _plain(list(workshops.COLUMNS), key="workshop")),
            _resource("self_reports", _self_reports(form_columns(pool))),
            _resource("items", _plain(items.columns(survey.languages), key="item")),
        ],
    }
    path.write_bytes(
        (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode(errors="replace")
    )


def _resource(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"$schema": f"{PROFILE}tableschema.json"} | schema,
    }


def _responses(survey: Survey, tag: str) -> dict[str, Any]:
    rid = {"name": "rid", "type": "string", "title": RID_LABEL}
    return {
        "fields": [rid, WORKSHOP, *(_item(variable, tag) for variable in variables(survey))],
        "primaryKey": ["rid"],
        "foreignKeys": [TO_WORKSHOPS],
        "missingValues": [
            {"value": str(code), "label": in_words(labels, tag)}
            for code, labels in missing_labels(survey).items()
        ],
    }


def _item(variable: Variable, tag: str) -> dict[str, Any]:
    field = {"name": variable.item.id, "type": "integer", "title": variable.item.text[tag]}
    return field | _categories(variable.values, tag, variable.ordinal)


def _categories(values: Labels, tag: str, ordinal: bool) -> dict[str, Any]:
    return {
        "categories": [
            {"value": value, "label": in_words(labels, tag)} for value, labels in values.items()
        ],
        "categoriesOrdered": ordinal,
        "constraints": {"enum": list(values)},
    }


def _self_reports(forms: list[FormColumns]) -> dict[str, Any]:
    return {
        "fields": [WORKSHOP, *(field for form in forms for field in _form(form))],
        "primaryKey": ["workshop"],
        "foreignKeys": [TO_WORKSHOPS],
        "missingValues": [""],
    }


def _form(form: FormColumns) -> Iterator[dict[str, Any]]:
    tag = main_language(form.versions[0])
    title = in_words(form.versions[0].title.by_language, tag)
    yield {"name": about_name(form.id, "version"), "type": "string",
           "title": f"{title}: version of the form"}  # fmt: skip
    yield {"name": about_name(form.id, "language"), "type": "string",
           "title": f"{title}: language it was read in"}  # fmt: skip
    yield {"name": about_name(form.id, "finished"), "type": "integer",
           "title": f"{title}: 1 if the facilitator called it finished"}  # fmt: skip
    yield from (_report_field(column, tag) for column in form.columns)


def _report_field(column: ReportColumn, tag: str) -> dict[str, Any]:
    kind = "integer" if column.is_number else "string"
    field = {"name": column.name, "type": kind, "title": in_words(column.text, tag)}
    if column.is_number and column.values:
        return field | _categories(column.values, tag, column.ordinal)
    return field


def _plain(names: list[str], key: str) -> dict[str, Any]:
    numbers = {"background", *workshops.NUMBERS}
    fields = [{"name": n, "type": "integer" if n in numbers else "string"} for n in names]
    return {"fields": fields, "primaryKey": [key], "missingValues": [""]}
