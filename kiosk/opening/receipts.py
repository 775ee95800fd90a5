"""Signs receipts with a key that is derived from the researcher's own: nothing more to keep."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterable
from datetime import date

from nacl.signing import SigningKey
from pyrage import x25519

from kiosk.opening.keys import secret
from kiosk.study.receipts import FORMAT, LARGEST, signed_part
from kiosk.study.sealing import canonical

PURPOSE = b"survey-kiosk receipts 1"
HASH = "sha256"
NO_SALT = bytes(32)


class TooMany(Exception):
    """One receipt cannot name so many bundles; please sign one for each."""


def derived(source: bytes, purpose: bytes) -> bytes:
    """Return 32 bytes from a secret: HKDF-SHA256 of RFC 5869, without salt, one block."""
    return hmac.digest(hmac.digest(NO_SALT, source, HASH), purpose + b"\x01", HASH)


def receipt_key(identity: x25519.Identity) -> str:
    """Return the public key, in base64, with which sites check the receipts of this identity."""
    return base64.b64encode(bytes(_signing_key(identity).verify_key)).decode()


def sign_receipt(
    identity: x25519.Identity, study_id: str, bundles: Iterable[str], day: date
) -> bytes:
    """Return the receipt for bundles, named by SHA-256 (hex); the same input gives the same bytes.

    Only for bundles of which every response opened and is in a dataset. Raises TooMany.
    """
    content = {
        "format": FORMAT,
        "study": study_id,
        "bundles": sorted(set(bundles)),
        "day": day.isoformat(),
        "key": receipt_key(identity),
    }
    signature = _signing_key(identity).sign(signed_part(content)).signature
    receipt = canonical(content | {"signature": base64.b64encode(signature).decode()})
    if len(receipt) > LARGEST:
        raise TooMany("There are too many bundles for one receipt. Please sign one for each.")
    return receipt


def _signing_key(identity: x25519.Identity) -> SigningKey:
    return SigningKey(derived(secret(identity), PURPOSE))
