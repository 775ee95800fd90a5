"""What S3 servers answer when they do not do what was asked, told as reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from obstore.exceptions import BaseError, InvalidPathError

from kiosk.sync.problem import NotAllowed, NotThere, Reason, SendProblem

# AWS's error codes, and those of MinIO (X…) and Ceph where they have codes of their own.
CODES = {
    "AccessDenied": Reason.RIGHTS,
    "AllAccessDisabled": Reason.RIGHTS,
    "AuthorizationHeaderMalformed": Reason.ADDRESS,  # another region
    "BadDigest": Reason.DAMAGED,
    "ExpiredToken": Reason.LOGIN,
    "IllegalLocationConstraintException": Reason.ADDRESS,
    "InvalidAccessKeyId": Reason.LOGIN,
    "InvalidBucketName": Reason.ADDRESS,
    "InvalidDigest": Reason.DAMAGED,
    "InvalidToken": Reason.LOGIN,
    "NoSuchBucket": Reason.MISSING,
    "NoSuchKey": Reason.MISSING,
    "PermanentRedirect": Reason.ADDRESS,
    "QuotaExceeded": Reason.FULL,
    "RequestTimeTooSkewed": Reason.CLOCK,
    "SignatureDoesNotMatch": Reason.LOGIN,
    "XAmzContentChecksumMismatch": Reason.DAMAGED,
    "XAmzContentSHA256Mismatch": Reason.DAMAGED,
    "XMinioAdminBucketQuotaExceeded": Reason.FULL,
    "XMinioStorageFull": Reason.FULL,
}
STATUSES = {
    "301": Reason.ADDRESS, "307": Reason.ADDRESS, "401": Reason.LOGIN, "403": Reason.RIGHTS,
    "404": Reason.MISSING, "507": Reason.FULL,
}  # fmt: skip
CODE = re.compile(r"<Code>(\w+)</Code>")
STATUS = re.compile(r"status code: (\d{3})")
# How the library words what happened before any server answered.
OTHER_REGION = "incorrectly configured region"
HANDSHAKE = re.compile(r"\b(InvalidCertificate|InvalidMessage|AlertReceived)\(")
CONNECTION = {
    "dns error": "the server's name is not known",
    "ConnectionRefused": "no server listens there",
    "TimedOut": "it took too long",
}


def code_of(problem: BaseException) -> str:
    """Return the server's own word for what is wrong, else the HTTP status, else nothing."""
    found = CODE.search(str(problem)) or STATUS.search(str(problem))
    return found[1] if found else ""


def told(problem: BaseException, name: str = "") -> SendProblem:
    """Return the reason behind an error of the library; details hold nothing that was signed."""
    code = code_of(problem)
    if isinstance(problem, InvalidPathError):
        return SendProblem(Reason.ADDRESS, "a name there, or this one, has an empty part or dots")
    if not code:
        return _before_any_answer(str(problem))
    status = STATUS.search(str(problem))
    reason = CODES.get(code) or STATUSES.get(status[1] if status else "") or Reason.SERVER
    if reason is Reason.RIGHTS:
        return NotAllowed(code)
    if isinstance(problem, FileNotFoundError) and code != "NoSuchBucket":
        return NotThere(name)
    return SendProblem(reason, f"the server says {code}")


@contextmanager
def telling(name: str = "") -> Iterator[None]:
    """Turn the library's errors into reasons."""
    try:
        yield
    except (BaseError, OSError, ValueError) as problem:
        raise told(problem, name) from None  # its text may quote headers


def _before_any_answer(text: str) -> SendProblem:
    if OTHER_REGION in text:
        return SendProblem(Reason.ADDRESS, "the bucket is in another region; add ?region=…")
    if HANDSHAKE.search(text):
        return SendProblem(Reason.CERTIFICATE)
    why = next((plain for word, plain in CONNECTION.items() if word in text), "it broke off")
    return SendProblem(Reason.UNREACHABLE, why)
