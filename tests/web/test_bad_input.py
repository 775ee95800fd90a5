"""Whatever arrives: the right status, one clear sentence in the right language, nothing stored."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import JSON, Kari, Visitor, new_submission_id
from tests.test_translations import messages
from tests.translations import po_files

ALL = [(f"q{n:02}", "4") for n in range(1, 16)]
BAD = {
    "unknown item": [*ALL, ("q16", "4")],
    "value too high": [*ALL[:-1], ("q15", "6")],
    "zero": [*ALL[:-1], ("q15", "0")],
    "skipped is not for browsers to say": [*ALL[:-1], ("q15", "99")],
    "not shown neither": [*ALL[:-1], ("q15", "96")],
    "negative": [*ALL[:-1], ("q15", "-1")],
    "word": [*ALL[:-1], ("q15", "five")],
    "empty": [*ALL[:-1], ("q15", "")],
    "other digits": [*ALL[:-1], ("q15", "%D9%A4")],
    "long number": [*ALL[:-1], ("q15", "4" * 500)],
    "same field twice": [*ALL, ("q01", "4")],
    "unknown outcome": [*ALL, ("outcome", "won")],
    "second id": [*ALL, ("submission_id", "x" * 24)],
    "markup": [("%3Cscript%3E", "1")],
}


def said(text: str, tag: str = "ar") -> str:
    return messages(po_files()[tag])[text]


@pytest.mark.parametrize("fields", BAD.values(), ids=BAD)
def test_bad_answers_are_refused_whole(
    fields: list[tuple[str, str]], kari: Kari, amina: Visitor
) -> None:
    workshop = kari.opens()
    refused = amina.sends(workshop, fields)
    assert refused.status_code == 400
    assert refused.json is not None
    assert refused.json["stored"] is False
    assert refused.json["title"] == said("We could not read your answers.")
    assert kari.workshops.get(workshop.code).sent == 0


@pytest.mark.parametrize(
    "submission_id", ["", "short", "x" * 65, "with space in it 123456789", "ö" * 24]
)
def test_an_unusable_submission_id_is_refused(
    submission_id: str, kari: Kari, amina: Visitor
) -> None:
    workshop = kari.opens()
    body = f"submission_id={submission_id}&q01=4"
    refused = amina.client.post(f"/w/{workshop.code}/ar", data=body, headers=JSON,
                                content_type="application/x-www-form-urlencoded")  # fmt: skip
    assert refused.status_code == 400
    assert kari.workshops.get(workshop.code).sent == 0


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data", ""])
def test_a_body_of_another_type_is_refused(kind: str, kari: Kari, amina: Visitor) -> None:
    workshop = kari.opens()
    refused = amina.client.post(f"/w/{workshop.code}/ar", data=b'{"q01": 4}', content_type=kind)
    assert refused.status_code == 400
    assert said("We could not read your answers.") in refused.text


def test_a_huge_body_is_refused_in_the_right_language(kari: Kari, amina: Visitor) -> None:
    workshop = kari.opens()
    refused = amina.sends(workshop, [*ALL, ("q01", "4" * 1_000_000)])
    assert refused.status_code == 413
    assert refused.json is not None
    assert refused.json["title"] == said("We could not read your answers.")


def test_thousands_of_fields_are_refused(kari: Kari, amina: Visitor) -> None:
    refused = amina.sends(kari.opens(), [("a", "1")] * 5000)
    assert refused.status_code in (400, 413)


def test_thousands_of_uploads_are_refused_in_a_sentence(kari: Kari, amina: Visitor) -> None:
    workshop, part = kari.opens(), b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
    refused = amina.client.post(f"/w/{workshop.code}/ar", data=part * 1200 + b"--x--\r\n",
                                content_type="multipart/form-data; boundary=x")  # fmt: skip
    assert refused.status_code == 413
    assert said("We could not read your answers.") in refused.text
    assert kari.workshops.get(workshop.code).sent == 0


def test_a_wrong_code_gets_a_kind_sentence(kari: Kari, amina: Visitor) -> None:
    kari.opens()
    for path in ("/w/xxxxx", "/w/xxxxx/ar", "/nowhere", "/w/xxxxx/ar/thanks"):
        page = amina.gets(path, status=404, query_string={})
        assert page.h1 == "This page is not here."
    amina.headers["Accept-Language"] = "ti"
    assert amina.gets("/w/xxxxx", status=404).tree.attrib["lang"] == "ti"


def test_an_unknown_language_gets_a_kind_sentence(kari: Kari, amina: Visitor) -> None:
    workshop = kari.opens()
    for tag in ("xx", "AR", "ar%00", "..", "a" * 300):
        amina.gets(f"/w/{workshop.code}/{tag}", status=404)
        assert amina.sends(workshop, ALL, tag=tag).status_code in (404, 405)
    assert kari.workshops.get(workshop.code).sent == 0


def test_after_closing_nothing_new_is_taken_but_what_is_known_stays_acknowledged(
    kari: Kari, amina: Visitor
) -> None:
    workshop = kari.opens()
    mine = new_submission_id()
    assert amina.sends(workshop, ALL, submission_id=mine).status_code == 201
    kari.closes(workshop)
    assert amina.sends(workshop, ALL, submission_id=mine).status_code == 200
    late = amina.sends(workshop, ALL)
    assert late.status_code == 410
    assert late.json is not None
    assert late.json["final"] is True
    assert late.json["title"] == said("This workshop is closed.")
    assert amina.gets(f"/w/{workshop.code}/ar", status=410)
    assert kari.workshops.get(workshop.code).sent == 1


def test_a_failure_of_ours_is_one_sentence_and_no_trace(
    kari: Kari, amina: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    workshop = kari.opens()

    def breaks(_workshop: object, fields: list[tuple[str, str]]) -> None:
        raise RuntimeError(f"secret inside: {fields}")

    monkeypatch.setattr("kiosk.web.participant.read_submission", breaks)
    failed = amina.sends(workshop, ALL)
    assert failed.status_code == 500
    assert failed.json is not None
    assert failed.json["final"] is False, "the page keeps the answers and tries again"
    assert failed.json["title"] == said("The kiosk has a problem.")
    assert "secret" not in failed.text
    assert workshop.code not in caplog.text.replace("test_", "")
    assert "A page failed: RuntimeError" in caplog.text, "the log says where, and nothing that came"
    assert "('q01'" not in caplog.text


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fields=st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=20))
def test_no_form_at_all_breaks_the_kiosk(
    fields: list[tuple[str, str]], kari: Kari, amina: Visitor
) -> None:
    workshop = (kari.workshops.all(only_open=True) or [kari.opens()])[0]
    answer = amina.client.post(f"/w/{workshop.code}/ar", data=dict(fields), headers=JSON)
    assert answer.status_code == 400
    assert kari.workshops.get(workshop.code).sent == 0
