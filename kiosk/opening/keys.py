"""Makes and opens keys: an age identity under a passphrase, and its twin in 24 words on paper."""

from __future__ import annotations

from pathlib import Path
from time import sleep

import bech32
from mnemonic import Mnemonic
from pyrage import DecryptError, IdentityError, passphrase, x25519

PREFIX = "age-secret-key-"
SHORTEST_PASSPHRASE = 8
SECRET_BYTES = 32
LOCKED = b"age-encryption.org/"
# age opens nothing that would take this computer, as busy as it is now, far longer than it took to
# lock. It measures anew at each try.
TOO_MUCH_WORK = "Excessive work"
TRIES, PAUSE_SECONDS = 20, 0.5


class WrongKey(Exception):
    """The key file or the passphrase cannot be used; the message says what to do."""


class WrongPassphrase(WrongKey):
    """The key file is one, but this passphrase, or none, does not open it."""


class TooBusy(WrongKey):
    """The key may be right, but this computer is too slow, or has too much else to do, to try."""


class WrongWords(WrongKey):
    """The words are not those of a recovery sheet; `unknown` are those that cannot be on one."""

    def __init__(self, message: str, unknown: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.unknown = unknown


def new_identity() -> x25519.Identity:
    """Make a fresh age identity (X25519)."""
    return x25519.Identity.generate()


def public(identity: x25519.Identity) -> str:
    """Return the public half of a key, as it stands in `study.toml`."""
    return str(identity.to_public())


def lock(identity: x25519.Identity, phrase: str) -> bytes:
    """Return the identity as an age file under a passphrase; any age program can open it."""
    if len(phrase) < SHORTEST_PASSPHRASE:
        raise WrongKey(
            f"The passphrase is too short. Please use {SHORTEST_PASSPHRASE} signs or more."
        )
    return bytes(passphrase.encrypt(f"{identity}\n".encode(), phrase))


def secret(identity: x25519.Identity) -> bytes:
    """Return the 32 bytes of the secret key."""
    _, data = bech32.bech32_decode(str(identity).lower())
    return bytes(_regroup(data, 5, 8, pad=False))


def words(identity: x25519.Identity) -> str:
    """Return the 24 words (BIP-39, English) that hold the whole secret key."""
    return str(Mnemonic("english").to_mnemonic(secret(identity)))


def from_words(text: str) -> x25519.Identity:
    """Return the identity that `words` wrote down. Raises WrongWords if a word is wrong."""
    typed, known = text.lower().split(), Mnemonic("english")
    try:
        raw = bytes(known.to_entropy(" ".join(typed)))
        if len(raw) != SECRET_BYTES:
            raise ValueError("too few words")
    except (ValueError, LookupError) as problem:
        raise WrongWords(
            "These 24 words are not right. Please check each word and their order.",
            tuple(word for word in typed if word not in known.wordlist),
        ) from problem
    data = _regroup(list(raw), 8, 5, pad=True)
    return x25519.Identity.from_str(str(bech32.bech32_encode(PREFIX, data)).upper())


def _regroup(data: list[int] | None, from_bits: int, to_bits: int, *, pad: bool) -> list[int]:
    regrouped = bech32.convertbits(data or [], from_bits, to_bits, pad)
    if regrouped is None:
        raise WrongKey("This is no key of an age identity.")
    return list(regrouped)


def open_key(path: Path, phrase: str | None) -> x25519.Identity:
    """Return the identity in a key file: locked, plain, or the 24 words of the recovery sheet.

    Raises WrongKey, saying whether the file or the passphrase is at fault.
    """
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise WrongKey(f"The key file {path} cannot be read. Please check its name.") from problem
    return identity_in(data, phrase, str(path))


def identity_in(data: bytes, phrase: str | None, name: str) -> x25519.Identity:
    """Return the identity in what a key file called `name` holds, as `open_key` does."""
    if data.startswith(LOCKED):
        data = _unlock(name, data, phrase)
    lines = data.decode("utf-8-sig", errors="replace").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#")).strip()
    if len(text.split()) == 24:
        return from_words(text)
    try:
        return x25519.Identity.from_str(text)
    except IdentityError as problem:
        raise WrongKey(
            f"{name} holds no key. Please give the identity file or the 24 words."
        ) from problem


def is_locked(path: Path) -> bool:
    """Tell whether a key file needs a passphrase; a file that is not there needs none."""
    return path.is_file() and path.read_bytes().startswith(LOCKED)


def _unlock(name: str, data: bytes, phrase: str | None) -> bytes:
    if not phrase:
        raise WrongPassphrase(f"{name} needs its passphrase.")
    for left in reversed(range(TRIES)):
        try:
            return bytes(passphrase.decrypt(data, phrase))
        except DecryptError as problem:
            if TOO_MUCH_WORK not in str(problem):
                raise WrongPassphrase(
                    f"The passphrase does not open {name}. Please type it once more."
                ) from problem
        sleep(PAUSE_SECONDS if left else 0)
    raise TooBusy(
        f"This computer is too busy or too slow to open {name}. Please close other programs and "
        "try again, or use the 24 words of the recovery sheet."
    )
