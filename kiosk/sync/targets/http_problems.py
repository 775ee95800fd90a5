"""Why there was no answer: the certificate, the network, or the server; in plain words."""

from __future__ import annotations

import ssl

from urllib3.exceptions import (
    ConnectTimeoutError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
)

from kiosk.sync.problem import Reason, SendProblem

# OpenSSL's and Windows' numbers for what is wrong with a certificate
OUT_OF_DATE = {9: "is not valid yet", 10: "has run out", 0x800B0101: "has run out"}
OTHER_NAME = {62, 64, 0x800B010F}
UNKNOWN = {18, 19, 20, 21, 0x800B0109}


def told(problem: Exception, host: str) -> SendProblem:
    """Return why a server gave no answer, from the error that urllib3 or the system raised."""
    wrong = _certificate_problem(problem)
    if wrong:
        return SendProblem(Reason.CERTIFICATE, f"{host}: {_certificate_words(wrong)}")
    if isinstance(problem, NameResolutionError):
        words = f"the name {host} cannot be found"
    elif isinstance(problem, NewConnectionError):
        words = f"{host} takes no connection"
    elif isinstance(problem, ConnectTimeoutError | ReadTimeoutError):
        words = f"{host} does not answer in time"
    else:
        words = f"the connection to {host} broke off, {type(problem).__name__}"
    return SendProblem(Reason.UNREACHABLE, words)


def _certificate_problem(problem: BaseException) -> ssl.SSLCertVerificationError | None:
    """Return the certificate's problem if that is what a library's error wraps."""
    for one in (problem, *problem.args):
        if isinstance(one, ssl.SSLCertVerificationError):
            return one
    return None


def _certificate_words(wrong: ssl.SSLCertVerificationError) -> str:
    code = getattr(wrong, "verify_code", 0)
    if code in OUT_OF_DATE:
        return f"its certificate {OUT_OF_DATE[code]}; or the date of this computer is wrong"
    if code in OTHER_NAME:
        return "its certificate is for another name"
    if code in UNKNOWN:
        return "its certificate is from an authority that this computer does not know"
    return str(getattr(wrong, "verify_message", "")) or "its certificate is not valid"
