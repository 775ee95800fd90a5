"""What WebDAV servers answer when asked what is in a folder (RFC 4918, section 13)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from kiosk.sync.problem import Reason, SendProblem

QUESTION = (
    b'<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/>'
    b"<getcontentlength/><getetag/><getlastmodified/></prop></propfind>"
)
SIZE = re.compile(r"[0-9]{1,18}")
LIMIT = 32 * 1024 * 1024  # bytes; some 60,000 files in one folder


@dataclass(frozen=True)
class Entry:
    """A file or folder: the parts of its decoded path, its size in bytes if told, and its mark."""

    parts: tuple[str, ...]
    folder: bool
    size: int | None
    mark: str

    @property
    def name(self) -> str:
        """Its name in the folder above it."""
        return self.parts[-1] if self.parts else ""


def read_entries(content: bytes) -> list[Entry]:
    """Return all that an answer lists, also the folder itself. Raises SendProblem if unreadable.

    Document types are refused, so that no entities can grow; what is named like no file is left
    out.
    """
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise ValueError
        root = ElementTree.fromstring(text)  # noqa: S314 - no document type comes this far
    except (ValueError, ElementTree.ParseError) as problem:
        raise SendProblem(Reason.SERVER, "its list of files cannot be read") from problem
    found = (_entry(one) for one in root.iter("{DAV:}response"))
    return [one for one in found if one is not None]


def below(entries: list[Entry], path: str) -> Iterator[Entry]:
    """Yield what is in the folder at a decoded path, without the folder itself.

    Servers behind a proxy may tell other paths than they were asked for: then the folder is the
    one that all others are in.
    """
    own = _own(entries, _parts(path))
    for one in entries:
        if one.parts != own and one.name not in ("", ".", "..") and "/" not in one.name:
            yield one


def _own(entries: list[Entry], asked: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folder's own path as the server tells it."""
    if any(one.parts == asked for one in entries):
        return asked
    for one in entries:
        others = [other.parts[:-1] for other in entries if other is not one]
        alone = not others and one.folder and one.parts[-1:] == asked[-1:]
        if alone or (others and all(above == one.parts for above in others)):
            return one.parts
    return asked


def _entry(response: ElementTree.Element) -> Entry | None:
    try:
        parts = _undo((response.findtext("{DAV:}href") or "").strip())
    except ValueError:
        return None
    values: dict[str, ElementTree.Element] = {}
    for state in response.iter("{DAV:}propstat"):
        if " 200" in (state.findtext("{DAV:}status") or " 200"):
            values |= {value.tag: value for one in state.iter("{DAV:}prop") for value in one}
    kind = values.get("{DAV:}resourcetype")
    size = _text(values, "getcontentlength")
    return Entry(
        parts, kind is not None and kind.find("{DAV:}collection") is not None,
        int(size) if SIZE.fullmatch(size) else None,
        f"{_text(values, 'getetag')} {_text(values, 'getlastmodified')} {size}",
    )  # fmt: skip


def _text(values: dict[str, ElementTree.Element], name: str) -> str:
    value = values.get(f"{{DAV:}}{name}")
    return (value.text or "").strip() if value is not None else ""


def _undo(href: str) -> tuple[str, ...]:
    """Return the decoded parts of an address that is whole or begins with “/”."""
    return tuple(unquote(part) for part in urlsplit(href).path.split("/") if part)


def _parts(path: str) -> tuple[str, ...]:
    return tuple(part for part in path.split("/") if part)
