"""Scripts that load `responses.csv` with labels and missing codes: R, SPSS, Stata."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kiosk.dataset.described import Described, described, pairs, shortened
from kiosk.dataset.formats.dta import LETTERS
from kiosk.dataset.formats.dta import LONGEST_LABEL as STATA_LABEL
from kiosk.dataset.formats.sav import LONGEST_LABEL, LONGEST_VALUE_LABEL
from kiosk.dataset.pool import Pool

R_END = """
responses <- read.csv(
  file.path(folder, "responses.csv"), check.names = FALSE, encoding = "UTF-8",
  colClasses = c("character", "character", rep("integer", length(items)))
)
stopifnot(identical(names(responses), c("rid", "workshop", unname(ids))))
names(responses) <- c("rid", "workshop", names(items))

# answers: factors with labels, the missing codes as NA; reasons: why an answer is missing.
answers <- reasons <- responses
for (name in names(items)) {
  known <- items[[name]]
  answers[[name]] <- factor(
    responses[[name]], levels = known$values, labels = known$labels, ordered = known$ordinal
  )
  reasons[[name]] <- factor(responses[[name]], levels = missing$values, labels = missing$labels)
  for (table in c("responses", "answers", "reasons")) {
    eval(parse(text = sprintf("attr(%s[[name]], \\"label\\") <- known$label", table)))
  }
}
"""


def write_r(pool: Pool, path: Path) -> None:
    """Write `load.R`: base R alone, ASCII alone."""
    items = described(pool)
    lines = [
        "# Loads responses.csv: source(\"scripts/load.R\"), or Rscript scripts/load.R FOLDER",
        "# Makes three tables: responses (codes), answers (factors), reasons (of missing answers).",
        "folder <- c(commandArgs(trailingOnly = TRUE), \".\")[1]",
        f"ids <- c({', '.join(_r(item.id) for item in items)})",
        f"missing <- {_r_labels(items[0].missing)}",
        "items <- list(",
        ",\n".join(_r_item(item) for item in items),
        ")",
    ]  # fmt: skip
    path.write_bytes(("\n".join(lines) + R_END).encode("ascii"))


def write_sps(pool: Pool, path: Path) -> None:
    """Write `load.sps`: SPSS syntax, to be run in the dataset's folder."""
    items = described(pool)
    names = " ".join(item.name for item in items)
    lines = [
        "* Encoding: UTF-8.",
        "* Loads responses.csv. First: CD 'the folder of the dataset'.",
        "GET DATA /TYPE=TXT /FILE='responses.csv' /ENCODING='UTF8' /ARRANGEMENT=DELIMITED",
        "  /DELIMITERS=',' /QUALIFIER='\"' /FIRSTCASE=2",
        "  /VARIABLES=rid A32 workshop A16",
        *(f"  {item.name} F2.0" for item in items),
        "  .",
        "VARIABLE LABELS",
        *(f"  {item.name} {_spss(item.label, LONGEST_LABEL)}" for item in items),
        "  .",
        *(line for item in items for line in _spss_values(item)),
        f"MISSING VALUES {names} (96 THRU 99).",
        *(
            f"VARIABLE LEVEL {item.name} ({'ORDINAL' if item.ordinal else 'NOMINAL'})."
            for item in items
        ),
        "EXECUTE.",
    ]
    path.write_bytes(("\n".join(lines) + "\n").encode())


def write_do(pool: Pool, path: Path) -> None:
    """Write `load.do`: Stata, to be run in the dataset's folder; 96 to 99 become .a to .d."""
    items = described(pool)
    lines = [
        "* Loads responses.csv. First: cd \"the folder of the dataset\"",
        "import delimited using \"responses.csv\", varnames(nonames) rowrange(2) "
        "stringcols(1 2) encoding(\"UTF-8\") clear",
        "rename (v1 v2) (rid workshop)",
    ]  # fmt: skip
    for number, item in enumerate(items, start=1):
        recoded = " ".join(f"({code} = .{letter})" for code, letter in LETTERS.items())
        labels = " ".join(
            f"{f'.{LETTERS[code]}' if code in LETTERS else code} {_stata(label)}"
            for code, label in pairs(item.labels)
        )
        lines += [
            f"rename v{number + 2} {item.name}",
            f"recode {item.name} {recoded}",
            f"label variable {item.name} {_stata(shortened(item.label, STATA_LABEL))}",
            f"label define item{number} {labels}",
            f"label values {item.name} item{number}",
        ]
    path.write_bytes(("\n".join(lines) + "\n").encode())


def _r(text: str) -> str:
    """Return an R string in ASCII."""
    signs = (
        sign if " " <= sign <= "~" and sign not in '"\\' else f"\\U{ord(sign):08X}" for sign in text
    )
    return f'"{"".join(signs)}"'


def _r_labels(labels: Mapping[int, str]) -> str:
    known = dict(pairs(labels))
    values = ", ".join(f"{value}L" for value in known)
    return f"list(values = c({values}), labels = c({', '.join(map(_r, known.values()))}))"


def _r_item(item: Described) -> str:
    ordinal = "TRUE" if item.ordinal else "FALSE"
    rest = _r_labels(item.values).removeprefix("list(")
    return f"  {item.name} = list(label = {_r(item.label)}, ordinal = {ordinal}, {rest}"


def _spss(text: str, most: int) -> str:
    return "'" + shortened(text, most).replace("'", "''") + "'"


def _spss_values(item: Described) -> list[str]:
    labels = (f"  {v} {_spss(text, LONGEST_VALUE_LABEL)}" for v, text in pairs(item.labels))
    return [f"VALUE LABELS {item.name}", *labels, "  ."]


def _stata(text: str) -> str:
    """Return a Stata string, in which nothing stands for a macro or ends it too early."""
    safe = text.replace("`", "'").replace("$", "\\$").replace("\"'", "\" '")
    return f'`"{safe}"\''
