"""What servers answer about folders: many dialects, none of which may hurt."""

from __future__ import annotations

import pytest

from kiosk.sync.problem import NotAllowed, Reason, SendProblem, Taken
from kiosk.sync.targets.http import Answer
from kiosk.sync.targets.multistatus import below, read_entries

ENTRY = (
    "<D:response><D:href>{href}</D:href><D:propstat><D:prop>{more}"
    "<D:getcontentlength>{size}</D:getcontentlength></D:prop><D:status>HTTP/1.1 200 OK</D:status>"
    "</D:propstat><D:propstat><D:prop><D:getcontentlength>9</D:getcontentlength></D:prop>"
    "<D:status>HTTP/1.1 404 Not Found</D:status></D:propstat></D:response>"
)
FOLDER = "<D:resourcetype><D:collection/></D:resourcetype>"


def answer(*hrefs: str, encoding: str = "utf-8") -> bytes:
    entries = (
        ENTRY.format(href=href, size=7, more=FOLDER if href.endswith("/") else "") for href in hrefs
    )
    return f'<D:multistatus xmlns:D="DAV:">{"".join(entries)}</D:multistatus>'.encode(encoding)


def names(content: bytes, path: str = "/dav/in box/") -> list[tuple[str, bool]]:
    return [(one.name, one.folder) for one in below(read_entries(content), path)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "prefix",
    [
        "/dav/in%20box",
        "https://files.example.org/dav/in%20box",
        "http://behind:8080/another/prefix/in%20box",
        "/in%20box",
    ],
)
def test_a_folder_is_read_whatever_the_server_calls_it(prefix: str, encoding: str) -> None:
    listed = answer(f"{prefix}/", f"{prefix}/a%20%25.zip", f"{prefix}/b/", encoding=encoding)
    assert names(listed) == [("a %.zip", False), ("b", True)]
    assert names(answer(f"{prefix}/", encoding=encoding)) == [], "an empty folder"
    assert [one.size for one in read_entries(listed)] == [7, 7, 7]


def test_the_folder_itself_may_be_left_out() -> None:
    assert names(answer("/dav/in%20box/a.zip", "/dav/in%20box/b.zip")) == [
        ("a.zip", False), ("b.zip", False),
    ]  # fmt: skip


def test_no_name_leads_elsewhere() -> None:
    listed = answer("/dav/in%20box/", "/dav/in%20box/..%2F..%2Fetc", "/dav/in%20box/%2E%2E", "//[")
    assert names(listed) == []


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
        '<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'.encode("utf-16"),
        b"<html><body>Please sign in<br></body></html>",
        b"\xff\xfe\x00",
        b"",
    ],
)
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(SendProblem) as told:
        read_entries(content)
    assert told.value.reason is Reason.SERVER


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, Reason.LOGIN), (403, Reason.RIGHTS), (404, Reason.MISSING), (408, Reason.SERVER),
        (409, Reason.MISSING), (412, Reason.TAKEN), (413, Reason.FULL), (423, Reason.SERVER),
        (429, Reason.SERVER), (500, Reason.SERVER), (503, Reason.SERVER), (507, Reason.FULL),
    ],
)  # fmt: skip
def test_each_answer_has_its_meaning(status: int, reason: Reason) -> None:
    content = b"<d:error xmlns:s='s'><s:message>because</s:message></d:error>"
    problem = Answer("PUT", status, {}, content).problem()
    assert problem.reason is reason
    assert problem.detail == f"PUT was answered by {status}: because"
    assert isinstance(problem, NotAllowed) == (status == 403)
    assert isinstance(problem, Taken) == (status == 412)
