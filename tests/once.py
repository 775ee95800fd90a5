"""What is the same for every app that a test makes: worked out once for all tests of a worker."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from kiosk.paths import bundled
from kiosk.translations import InterfaceTexts, read_texts
from kiosk.web import catalogue


def texts_once(patch: pytest.MonkeyPatch) -> None:
    """Let apps read our own catalogues once; each gets tables of its own, which it may change."""
    ours, known = bundled("translations"), cache(read_texts)

    def read(domain: str, folder: Path | None = None) -> InterfaceTexts:
        if folder not in (None, ours):
            return read_texts(domain, folder)
        found = known(domain)
        return replace(found, by_locale=dict(found.by_locale), states=dict(found.states))

    patch.setattr(catalogue, "read_texts", read)


def compiled_once(patch: pytest.MonkeyPatch) -> None:
    """Let apps share the code that Jinja makes of the templates."""
    patch.setattr(Flask, "jinja_options", {"bytecode_cache": _Compiled()})


class _Compiled(BytecodeCache):
    def __init__(self) -> None:
        self._code: dict[tuple[str, ...], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._code.get(_name(bucket)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[_name(bucket)] = bucket.bytecode_to_string()


def _name(bucket: Bucket) -> tuple[str, ...]:
    """Tell a template from others, from its former text, and from itself in other environments."""
    return bucket.key, bucket.checksum, *sorted(bucket.environment.extensions)
