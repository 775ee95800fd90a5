"""What other S3 servers answer than the one we can start, said by a server that is told what."""

from __future__ import annotations

import hashlib
import threading
from base64 import b64decode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kiosk.sync.logins import Login
from kiosk.sync.problem import NotAllowed, NotThere, Reason, SendProblem, Taken
from kiosk.sync.target import Target
from tests.sync.contract import CONTENT, NAME
from tests.sync.seaweed import open_as

PAGE = """<ListBucketResult><IsTruncated>{more}</IsTruncated>{token}
<Contents><Key>inbox/{name}</Key>
<LastModified>2026-03-01T12:00:00.000Z</LastModified><Size>2</Size>
</Contents></ListBucketResult>"""
TOKEN = "<NextContinuationToken>the next page</NextContinuationToken>"


class Actor:
    """Says its lines: an answer for each kind of request. It remembers what it was asked."""

    def __init__(self) -> None:
        self.lines: dict[str, list[tuple[int, str]]] = {}
        self.asked: list[tuple[str, str]] = []
        self.checksum = ""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def says(self, method: str, status: int, text: str = "") -> None:
        """Add an answer; the last one is repeated."""
        self.lines.setdefault(method, []).append((status, text))

    def complains(self, method: str, status: int, code: str) -> None:
        self.says(method, status, f"<Error><Code>{code}</Code><Message>No.</Message></Error>")

    def _handler(actor) -> type[BaseHTTPRequestHandler]:  # noqa: N805 the handler is “self” inside
        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                self.rfile.read(length)
                actor.asked.append((self.command, self.headers.get("If-None-Match") or ""))
                actor.checksum = self.headers.get("x-amz-checksum-sha256") or ""
                lines = actor.lines.get(self.command) or [(404, "")]
                status, text = lines.pop(0) if len(lines) > 1 else lines[0]
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.send_header("ETag", '"1"')
                self.send_header("Last-Modified", "Sun, 01 Mar 2026 12:00:00 GMT")
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(text.encode())

            do_GET = do_HEAD = do_PUT = do_DELETE = answer  # noqa: N815 the library's names

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the same
                pass

        return Handler


@pytest.fixture
def actor() -> Iterator[Actor]:
    actor = Actor()
    yield actor
    actor.server.shutdown()
    actor.server.server_close()


@pytest.fixture
def target(actor: Actor) -> Target:
    address = f"s3://study/inbox?endpoint=http://127.0.0.1:{actor.server.server_port}"
    return open_as(address, Login("bergen", "the secret"))


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (400, "AuthorizationHeaderMalformed", Reason.ADDRESS),
        (400, "BadDigest", Reason.DAMAGED),
        (403, "AccessDenied", Reason.RIGHTS),
        (403, "InvalidAccessKeyId", Reason.LOGIN),
        (403, "QuotaExceeded", Reason.FULL),
        (403, "RequestTimeTooSkewed", Reason.CLOCK),
        (403, "SignatureDoesNotMatch", Reason.LOGIN),
        (403, "AWordOfItsOwn", Reason.RIGHTS),
        (404, "NoSuchBucket", Reason.MISSING),
        (409, "ConditionalRequestConflict", Reason.SERVER),
        (412, "PreconditionFailed", Reason.TAKEN),
        (500, "InternalError", Reason.SERVER),
        (503, "SlowDown", Reason.SERVER),
        (507, "XMinioStorageFull", Reason.FULL),
    ],
)
def test_each_answer_has_its_reason(
    actor: Actor, target: Target, status: int, code: str, reason: Reason
) -> None:
    actor.complains("PUT", status, code)
    with pytest.raises(SendProblem) as told:
        target.put(NAME, CONTENT)
    assert told.value.reason is reason
    assert "secret" not in str(told.value)
    assert actor.asked == [("PUT", "*")], "one try: waiting and trying again is the outbox's work"


@pytest.mark.parametrize(
    ("status", "reason"),
    [(401, Reason.LOGIN), (403, Reason.RIGHTS), (404, Reason.MISSING), (500, Reason.SERVER),
     (502, Reason.SERVER), (507, Reason.FULL)],
)  # fmt: skip
def test_a_status_alone_says_enough(
    actor: Actor, target: Target, status: int, reason: Reason
) -> None:
    for method in ("GET", "HEAD", "PUT"):
        actor.says(method, status, "<html>A proxy stands here.</html>")
    for asked in (lambda: target.get(NAME), lambda: target.size(NAME),
                  lambda: target.put(NAME, CONTENT)):  # fmt: skip
        with pytest.raises(SendProblem) as told:
            asked()
        assert told.value.reason is reason


def test_what_is_sent_carries_its_checksum_for_the_server_to_verify(
    actor: Actor, target: Target
) -> None:
    actor.says("PUT", 200)
    target.put(NAME, CONTENT)
    assert b64decode(actor.checksum) == hashlib.sha256(CONTENT).digest()


def test_a_bucket_that_is_missing_is_not_a_file_that_is_missing(
    actor: Actor, target: Target
) -> None:
    actor.complains("GET", 404, "NoSuchBucket")
    with pytest.raises(SendProblem) as told:
        target.get(NAME)
    assert told.value.reason is Reason.MISSING
    assert not isinstance(told.value, NotThere)


def test_an_older_server_without_conditions_is_asked_first(actor: Actor, target: Target) -> None:
    actor.complains("PUT", 501, "NotImplemented")
    actor.says("PUT", 200)
    target.put(NAME, CONTENT)
    assert actor.asked == [("PUT", "*"), ("HEAD", ""), ("PUT", "")]
    actor.lines.clear()
    actor.complains("PUT", 501, "NotImplemented")
    actor.says("HEAD", 200)
    with pytest.raises(Taken):
        target.put(NAME, CONTENT)
    assert actor.asked[3:] == [("PUT", "*"), ("HEAD", "")]


def test_a_list_goes_on_from_page_to_page(actor: Actor, target: Target) -> None:
    actor.says("GET", 200, PAGE.format(more="true", token=TOKEN, name="first.zip"))
    actor.says("GET", 200, PAGE.format(more="false", token="", name="bergen/second.zip"))
    files = list(target.files())
    assert [one.name for one in files] == ["first.zip", "bergen/second.zip"]
    assert all(one.mark for one in files), "a server without ETags tells when a file changed"


def test_a_list_that_breaks_off_is_not_taken_for_a_whole_one(actor: Actor, target: Target) -> None:
    actor.says("GET", 200, PAGE.format(more="true", token=TOKEN, name="first.zip"))
    actor.complains("GET", 403, "AccessDenied")
    with pytest.raises(NotAllowed):
        list(target.files())


def test_a_name_that_stops_a_list_is_told(actor: Actor, target: Target) -> None:
    actor.says("GET", 200, PAGE.format(more="false", token="", name="bergen//second.zip"))
    with pytest.raises(SendProblem) as told:
        list(target.files())
    assert "empty part" in str(told.value)


@pytest.mark.parametrize(
    "address",
    [
        "s3://study:9000/inbox", "s3:///inbox", "s3://study/inbox?endpoint=s3.example.org",
        "s3://study/inbox?endpoint=https://me:secret@s3.example.org",
        "s3://study/inbox?endpoint=ftp://s3.example.org", "s3://study/inbox?regoin=eu-north-1",
        "s3://study/inbox?path-style=maybe",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_meant_is_refused(address: str) -> None:
    with pytest.raises(SendProblem) as told:
        open_as(address, Login())
    assert told.value.reason is Reason.ADDRESS
    assert "secret" not in str(told.value)
