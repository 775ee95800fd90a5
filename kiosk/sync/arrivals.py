"""Receipts, as a kiosk sees them: fetched from the target, or brought by stick or e-mail."""

from __future__ import annotations

from contextlib import closing

from kiosk.store.workshop import Workshop
from kiosk.study.receipts import BadReceipt, read_receipt
from kiosk.sync.outbox import Outbox, Parcel
from kiosk.sync.receipts import covers, fetch_receipt


def look_for_receipts(outbox: Outbox, target: str) -> list[Workshop]:
    """Fetch receipts for what was sent to a target; return the workshops that have arrived now.

    Raises SendProblem.
    """
    open_ends = [
        one for one in outbox.parcels()
        if one.target == target and one.is_here and one.sent and not one.arrived
    ]  # fmt: skip
    if not open_ends:
        return []
    with closing(outbox.open(target)) as place:
        found = [(one, fetch_receipt(place, one.file.name)) for one in open_ends]
    return [one.workshop for one, content in found if content and _believed(outbox, one, content)]


def take_receipt(outbox: Outbox, content: bytes) -> list[Workshop]:
    """Take a receipt from a file; return the workshops that it is for.

    Raises BadReceipt, if no study of this kiosk vouches for it.
    """
    parcels = outbox.parcels()
    read_receipt(content, {key for one in parcels for key in _keys(one)})
    return [one.workshop for one in parcels if one.is_here and _believed(outbox, one, content)]


def _believed(outbox: Outbox, parcel: Parcel, content: bytes) -> bool:
    """Note that a parcel arrived, if its own study signed a receipt for its very bytes."""
    try:
        receipt = read_receipt(content, _keys(parcel))
    except BadReceipt:
        return False
    if receipt.study != parcel.study.id or not covers(receipt, parcel.file):
        return False
    outbox.sendings.note_arrival(parcel.workshop, parcel.file.name, receipt.day)
    return True


def _keys(parcel: Parcel) -> set[str]:
    """Return the keys that sign for a parcel's study, as staff vouched for them last."""
    return set(parcel.study.receipt_keys)
