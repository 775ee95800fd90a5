"""Object storage that speaks S3: AWS, MinIO, SeaweedFS, Ceph, and what universities run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from kiosk.sync.address import Address
from kiosk.sync.logins import Login
from kiosk.sync.problem import NotAllowed, NotThere, Reason, SendProblem, Taken
from kiosk.sync.target import Found, Place, Progress, silent
from kiosk.sync.targets.s3_problems import code_of, telling, told

if TYPE_CHECKING:
    from obstore.store import ClientConfig, S3Config, S3Credential

OPTIONS = ("endpoint", "path-style", "region")
REGION = "us-east-1"  # where servers have no regions, this is what they expect
PAGE = 1000  # files a request tells at most
CONNECT, READ, LONGEST = "10s", "60s", "1h"
SLOWEST = 10_000  # bytes a second that a line must carry at least
CONDITION_UNKNOWN = {"NotImplemented", "501"}
NOW_AT_WORK = {"ConditionalRequestConflict", "409"}


class Bucket:
    """A folder in a bucket. A file there is whole or absent: the server checks its SHA-256."""

    def __init__(self, address: Address, login: Login) -> None:
        self._config, self._client = _config(address, login), _client(address)
        self._bucket, self._prefix = address.host, address.path.strip("/")
        self._credential: S3Credential | None = None
        if user := login.user or address.user:
            self._credential = {
                "access_key_id": user, "secret_access_key": login.password, "expires_at": None,
            }  # fmt: skip
        self._reader = self._store({"read_timeout": READ, "timeout": LONGEST})
        self._writer = lru_cache(self._patient)

    def put(self, name: str, content: bytes, progress: Progress = silent) -> None:
        """Put a file there in one request, which takes effect as a whole and replaces nothing.

        `progress` is told once, at the end: the library cannot look into a request.
        """
        store = self._writer(1 + len(content) // (60 * SLOWEST))
        try:
            obstore.put(store, name, content, mode="create", use_multipart=False)
        except AlreadyExistsError as problem:
            if code_of(problem) in NOW_AT_WORK:
                raise SendProblem(Reason.SERVER, "somebody sends the same file just now") from None
            raise Taken(name, whole=True) from None
        except (BaseError, OSError, ValueError) as problem:
            if code_of(problem) not in CONDITION_UNKNOWN:
                raise told(problem, name) from None
            self._put_after_a_look(store, name, content)
        progress(len(content))

    def get(self, name: str) -> bytes:
        """Return a file's content."""
        with telling(name):
            return bytes(obstore.get(self._reader, name).bytes())

    def size(self, name: str) -> int:
        """Return a file's size in bytes."""
        with telling(name):
            return obstore.head(self._reader, name)["size"]

    def remove(self, name: str) -> None:
        """Remove a file; servers would say nothing if there is none, so it is looked for first."""
        with suppress(NotAllowed):
            self.size(name)
        with telling(name):
            obstore.delete(self._reader, name)

    def files(self) -> Iterator[Found]:
        """Yield all files below the folder, a page at a time."""
        with telling():
            for page in obstore.list(self._reader, chunk_size=PAGE):
                for one in page:
                    mark = one["e_tag"] or one["last_modified"].isoformat()
                    yield Found(one["path"], one["size"], mark)

    def close(self) -> None:
        """Let go of connections."""
        self._writer.cache_clear()

    def _put_after_a_look(self, store: S3Store, name: str, content: bytes) -> None:
        """Put a file on a server that knows no conditions; its name says what is in it."""
        try:
            self.size(name)
        except (NotThere, NotAllowed):
            with telling(name):
                obstore.put(store, name, content, mode="overwrite", use_multipart=False)
        else:
            raise Taken(name, whole=True)

    def _patient(self, minutes: int) -> S3Store:
        """Return what waits so long for a file to be sent: a read time-out would run meanwhile."""
        return self._store({"timeout": f"{minutes + 1}min"})

    def _store(self, waits: ClientConfig) -> S3Store:
        credential = self._credential
        with telling():
            return S3Store(
                self._bucket, prefix=self._prefix or None, config=self._config,
                client_options=self._client | waits, retry_config={"max_retries": 0},
                credential_provider=(lambda: credential) if credential else None,
            )  # fmt: skip


def open_target(place: Place) -> Bucket:
    """Return the bucket of an `s3://bucket/folder?endpoint=…` address.

    Without a login it comes as a stranger: the environment's AWS variables are never asked.
    """
    return Bucket(place.address, place.login)


def _config(address: Address, login: Login) -> S3Config:
    """Return all that the environment could otherwise decide."""
    region = address.option("region", REGION)
    endpoint = _endpoint(address)
    by_path = address.option("path-style", "yes" if endpoint or "." in address.host else "no")
    if not endpoint:
        name = "" if by_path == "yes" else f"{address.host}."
        endpoint = f"https://{name}s3.{region}.amazonaws.com"
    return {
        "endpoint": endpoint, "aws_endpoint_url_s3": endpoint, "region": region,
        "virtual_hosted_style_request": by_path == "no", "checksum_algorithm": "SHA256",
        "conditional_put": "etag", "disable_bulk_delete": True, "s3_express": False,
        "unsigned_payload": False, "skip_signature": not (login.user or address.user),
    }  # fmt: skip


def _client(address: Address) -> ClientConfig:
    return {"allow_http": _endpoint(address).startswith("http://"), "connect_timeout": CONNECT}


def _endpoint(address: Address) -> str:
    """Return the server's address, empty for AWS. Raises SendProblem if it cannot be used."""
    _check(address)
    endpoint = address.option("endpoint")
    parts = urlsplit(endpoint)
    if endpoint and (
        parts.scheme not in ("http", "https") or not parts.hostname or "@" in endpoint
    ):
        raise SendProblem(Reason.ADDRESS, "endpoint= must be like https://s3.example.org")
    return endpoint.rstrip("/")


def _check(address: Address) -> None:
    if not address.host or address.port is not None:
        raise SendProblem(
            Reason.ADDRESS, "it must be like s3://bucket/folder?endpoint=https://s3.example.org"
        )
    if unknown := set(address.options) - set(OPTIONS):
        raise SendProblem(
            Reason.ADDRESS, f"there is no {min(unknown)}=; there are {', '.join(OPTIONS)}"
        )
    if address.option("path-style", "yes") not in ("yes", "no"):
        raise SendProblem(Reason.ADDRESS, "path-style= is yes or no")
