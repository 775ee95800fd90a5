"""Looks for the receipt beside a bundle, and whether it is the receipt of this very file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kiosk.bundle import layout
from kiosk.study.receipts import Receipt, name_for
from kiosk.sync.problem import NotAllowed, NotThere
from kiosk.sync.target import Target


def fetch_receipt(target: Target, bundle_name: str) -> bytes | None:
    """Return the file beside a bundle that should be its receipt, unchecked.

    None if there is none yet, or if this login may only write. Raises SendProblem.
    """
    try:
        return target.get(name_for(bundle_name))
    except (NotThere, NotAllowed):
        return None


def covers(receipt: Receipt, bundle_path: Path) -> bool:
    """Tell whether a checked receipt speaks of just the bytes that lie in the kiosk's own file.

    A file that cannot be read, is damaged or is a later edition is not covered.
    """
    try:
        data = bundle_path.read_bytes()
    except OSError:
        return False
    return (
        hashlib.sha256(data).hexdigest() in receipt.bundles
        and layout.name_of(receipt.study, data) == bundle_path.name
    )
