"""`datapackage.json`: the dataset described for machines (Data Package v2, X5)."""

from __future__ import annotations

import json
from typing import Any

from kiosk.dataset.formats import items, responses, workshops
from kiosk.dataset.pool import Pool
from kiosk.dataset.variables import Variable, main_language, missing_labels, variables
from kiosk.survey.answers import OUTCOMES
from kiosk.survey.model import Survey

PROFILE = "https://datapackage.org/profiles/2.0/"


def write(pool: Pool) -> bytes:
    """Return the descriptor; it holds no time, so that equal data give equal bytes."""
    survey, study = pool.survey, pool.bundle.study
    package = {
        "$schema": f"{PROFILE}datapackage.json",
        "name": f"{study.id}-{survey.id}",
        "title": f"{study.title}: {survey.title[main_language(survey)]}",
        "version": survey.version,
        "resources": [
            _resource("responses", _responses(survey)),
            _resource("workshops", _plain(list(workshops.COLUMNS), key="workshop")),
            _resource("items", _plain(items.columns(survey.languages), key="item")),
        ],
    }
    return (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode()


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


def _responses(survey: Survey) -> dict[str, Any]:
    tag = main_language(survey)
    missing = missing_labels(survey)
    fields: dict[str, dict[str, Any]] = {
        "rid": {"type": "string", "title": "Random id of the response; it means nothing"},
        "workshop": {"type": "string", "title": "Workshop (see workshops.csv)"},
    } | {variable.item.id: _field(variable, tag) for variable in variables(survey)}
    return {
        "fields": [{"name": name} | fields[name] for name in responses.columns(survey)],
        "primaryKey": ["rid"],
        "foreignKeys": [
            {"fields": ["workshop"], "reference": {"resource": "workshops", "fields": ["workshop"]}}
        ],
        "missingValues": [
            {"value": str(code), "label": labels.get(tag, labels.get("en", ""))}
            for code, labels in missing.items()
        ],
    }


def _field(variable: Variable, tag: str) -> dict[str, Any]:
    return {
        "type": "integer",
        "title": variable.item.text[tag],
        "categories": [
            {"value": value, "label": labels[tag]} for value, labels in variable.values.items()
        ],
        "categoriesOrdered": variable.ordinal,
        "constraints": {"enum": list(variable.values)},
    }


def _plain(names: list[str], key: str) -> dict[str, Any]:
    numbers = {"headcount", "background", *OUTCOMES}
    fields = [{"name": n, "type": "integer" if n in numbers else "string"} for n in names]
    return {"fields": fields, "primaryKey": [key], "missingValues": [""]}
