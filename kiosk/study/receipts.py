"""Receipts: the researchers' signed word that bundles arrived, opened and are in a dataset.

Whoever has the study's file can check one; only who has one of its keys can write one.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from kiosk.study.sealing import canonical

FORMAT = 1
SUFFIX = ".receipt.json"
MARK = b"survey-kiosk receipt 1\n"  # is signed too: nothing else that is signed can be a receipt
LARGEST = 1_000_000  # bytes; some 14,900 bundles
KEY_BYTES = 32
SIGNATURE_BYTES = 64
FIELDS = {"format", "study", "bundles", "day", "key", "signature"}
BUNDLE_END = re.compile(r"\.bundle[^/]*\.zip")  # also its other names: “….bundle-1f3a.zip”
SHA256 = re.compile(r"[0-9a-f]{64}")
AGAIN = "Please ask the researchers for it once more."


class BadReceipt(Exception):
    """This proves nothing; the message says why, and what to do."""


@dataclass(frozen=True)
class Receipt:
    """What researchers signed: a study's id, the SHA-256 of each bundle (hex), and the ISO day."""

    study: str
    bundles: frozenset[str]
    day: str


def name_for(bundle_name: str) -> str:
    """Return the name of the receipt that lies beside a bundle; folders before it are kept."""
    found = [*BUNDLE_END.finditer(bundle_name)]
    whole = bool(found) and found[-1].end() == len(bundle_name)
    stem = bundle_name[: found[-1].start()] if whole else bundle_name.removesuffix(".zip")
    return f"{stem}{SUFFIX}"


def is_receipt_key(text: str) -> bool:
    """Tell whether this can be the public half of a key that signs receipts."""
    return len(_bytes_of(text)) == KEY_BYTES


def signed_part(content: Mapping[str, Any]) -> bytes:
    """Return the bytes that the signature of a receipt with this content covers."""
    bare = {name: value for name, value in content.items() if name != "signature"}
    return MARK + canonical(bare)


def read_receipt(data: bytes, keys: Collection[str]) -> Receipt:
    """Return a receipt signed with one of `keys`, the study's `receipt_keys`. Raises BadReceipt."""
    content = _content(data)
    key = content["key"]
    if not keys:
        raise BadReceipt(
            "The study on this kiosk does not say how to check receipts. Please ask the "
            "researchers for its newest file."
        )
    if key not in keys:
        raise BadReceipt(
            "Somebody else signed this receipt, or it is of another study. Please ask the "
            "researchers, and keep your copy."
        )
    if not _signed(content):
        raise BadReceipt(f"This receipt was changed after it was signed. {AGAIN}")
    return Receipt(content["study"], frozenset(content["bundles"]), content["day"])


def _content(data: bytes) -> dict[str, Any]:
    """Return what stands in a receipt, once it has the right shape; nothing is believed yet."""
    if len(data) > LARGEST:
        raise BadReceipt("This file is larger than any receipt. Please check its name.")
    try:
        content = json.loads(data)
        canonical(content)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or "bundles" not in content or "format" not in content:
        raise BadReceipt(
            f"This is no receipt. Please take the file whose name ends in {SUFFIX}, as it came."
        )
    if content["format"] != FORMAT:
        raise BadReceipt(
            "This receipt is in a format that this version does not know. Please install the "
            "newest version of the kiosk."
        )
    if set(content) != FIELDS or not _right_kinds(content):
        raise BadReceipt(f"This receipt is damaged. {AGAIN}")
    return content


def _right_kinds(content: Mapping[str, Any]) -> bool:
    bundles = content["bundles"]
    return (
        all(isinstance(content[name], str) for name in ("study", "day", "key", "signature"))
        and isinstance(bundles, list)
        and all(isinstance(one, str) and SHA256.fullmatch(one) for one in bundles)
        and _is_day(content["day"])
    )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _signed(content: Mapping[str, Any]) -> bool:
    """Tell whether the signature is of the key that the receipt names."""
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    signature = _bytes_of(content["signature"])
    if not is_receipt_key(content["key"]) or len(signature) != SIGNATURE_BYTES:
        return False
    with suppress(BadSignatureError):
        VerifyKey(_bytes_of(content["key"])).verify(signed_part(content), signature)
        return True
    return False


def _bytes_of(text: str) -> bytes:
    """Return what a text in base64 stands for; nothing unless it is just as one writes it."""
    try:
        found = base64.b64decode(text, validate=True)
    except ValueError:
        return b""
    return found if base64.b64encode(found).decode() == text else b""
