"""Kari records a language; what is silent, too loud, too large or no sound is told from a voice."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import soundfile
from flask import Flask
from werkzeug.test import TestResponse

from kiosk.app import create_app
from kiosk.config import Config
from kiosk.sound import audio, manifest
from kiosk.sound.recordings import Recordings, State
from kiosk.sound.texts import spoken
from kiosk.survey.model import Survey
from kiosk.web.staff import recording
from kiosk.web.staff.sessions import COOKIE
from tests.conftest import JSON, SURVEY_FILE, Desk, Visitor
from tests.page import Page
from tests.sounds import flac, silence, tone, voice, wav
from tests.web import alert, words

HERE = "/staff/recording"
ARABIC: dict[str, Any] = {"survey": "workshop", "language": "ar"}
ITEM = "item.q01"


@pytest.fixture
def arabic(data: Path, survey: Survey) -> Recordings:
    """What is recorded in Arabic, on disk."""
    return Recordings(data, survey.id, "ar", spoken(survey, "ar"))


@pytest.fixture
def other_desk(tmp_path: Path) -> Iterator[Desk]:
    """Another library's kiosk."""
    app = create_app(Config(data=tmp_path / "other"))
    desk = Desk(app.test_client())
    desk.chooses_pin()
    yield desk
    app.extensions["intake"].stop()


def records(
    desk: Desk, arabic: Recordings, sound: bytes, status: int = 201, clip: str = ITEM,
    **fields: Any,
) -> TestResponse:  # fmt: skip
    given = {"clip": clip, "hash": manifest.hash_of(arabic.texts.get(clip, "")), **ARABIC}
    file = (io.BytesIO(sound), "../../clip.wav")
    desk.headers = JSON
    fields = given | {"sound": file} | fields
    return desk.posts(f"{HERE}/clip", status, **fields)


def takes(desk: Desk, content: bytes, status: int = 200, **asked: str) -> TestResponse:
    where = ARABIC | asked
    address = f"{HERE}/import?survey={where['survey']}&language={where['language']}"
    return desk.posts(address, status, **where, folder=(io.BytesIO(content), "folder.zip"))


def refusal(answer: TestResponse) -> str:
    return alert(Page(answer.text, dict(answer.headers)))


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def exported(desk: Desk) -> bytes:
    answer = desk.client.get(f"{HERE}/export", query_string=ARABIC)
    assert answer.mimetype == "application/zip"
    return bytes(answer.data)


def on_disk(data: Path) -> list[str]:
    return sorted(str(path.relative_to(data)) for path in data.rglob("*") if "sounds" in path.parts)


# --- recording ----------------------------------------------------------------------------------
def test_a_recording_is_kept_as_a_clean_clip(desk: Desk, arabic: Recordings) -> None:
    answer = records(desk, arabic, voice(seconds=1)).get_json()
    assert answer["kept"]
    assert answer["count"] == f"1 of {len(arabic.texts)} texts are recorded."
    assert arabic.states()[ITEM] is State.RECORDED
    entry = arabic.entries()[ITEM]
    assert entry.hash == manifest.hash_of(arabic.texts[ITEM])
    assert entry.source == "recorded"
    assert 1.0 <= entry.seconds <= 1.5, "the silence around it is gone"
    kinds = {end: soundfile.info(arabic.folder / name) for end, name in entry.files.items()}
    assert {end: one.subtype for end, one in kinds.items()} == {
        "opus": "OPUS", "mp3": "MPEG_LAYER_III"
    }  # fmt: skip
    heard = desk.client.get(answer["sound"])
    assert (heard.status_code, heard.mimetype) == (200, "audio/mpeg")
    assert heard.data == (arabic.folder / entry.files["mp3"]).read_bytes()


def test_whispered_and_shouted_become_equally_loud(desk: Desk, arabic: Recordings) -> None:
    records(desk, arabic, voice(height=0.05))
    records(desk, arabic, voice(height=0.9), clip="item.q02")
    loudest = []
    for clip in (ITEM, "item.q02"):
        samples, _ = soundfile.read(arabic.folder / arabic.entries()[clip].files["opus"])
        loudest.append(abs(samples).max())
    assert loudest[0] == pytest.approx(loudest[1], rel=0.1)
    assert max(loudest) < 1


@pytest.mark.parametrize(
    ("sound", "sentence"),
    [
        (wav(silence(2)), "Almost nothing can be heard."),
        (voice(height=0.01), "Almost nothing can be heard."),
        (voice(height=3), "This is too loud"),
        (flac(silence(62)), "longer than a minute"),
        (b"", "cannot read this sound"),
        (b"RIFF\0\0\0\0WAVEfmt " + b"\0" * 100, "cannot read this sound"),
        (SURVEY_FILE.read_bytes(), "cannot read this sound"),
    ],
    ids=["silence", "whisper", "clipping", "too long", "empty", "broken", "a text"],
)
def test_what_is_no_good_is_refused_with_a_sentence(
    sound: bytes, sentence: str, desk: Desk, arabic: Recordings, data: Path
) -> None:
    problem = records(desk, arabic, sound, 400).get_json()["problem"]
    assert sentence in problem
    assert arabic.states()[ITEM] is State.MISSING
    assert not on_disk(data)


def test_a_refused_take_leaves_the_one_before(desk: Desk, arabic: Recordings) -> None:
    records(desk, arabic, voice())
    before = arabic.entries()
    records(desk, arabic, wav(silence(1)), 400)
    assert arabic.entries() == before


def test_a_better_take_replaces_the_one_before(desk: Desk, arabic: Recordings) -> None:
    for seconds in (1, 2):
        records(desk, arabic, voice(seconds))
    entry = arabic.entries()[ITEM]
    assert entry.seconds > 2
    assert {path.name for path in arabic.folder.iterdir()} == {
        manifest.FILE, *entry.files.values()
    }, "the former take's files are gone"  # fmt: skip


def test_a_recording_can_be_deleted(desk: Desk, arabic: Recordings) -> None:
    records(desk, arabic, voice())
    page = desk.does(f"{HERE}/drop", **ARABIC, clip=ITEM)
    assert "The recording is deleted." in words(page)
    assert arabic.states()[ITEM] is State.MISSING
    assert [path.name for path in arabic.folder.iterdir()] == [manifest.FILE]
    assert desk.client.get(f"{HERE}/sound", query_string=ARABIC | {"clip": ITEM}).status_code == 404


def test_a_changed_text_is_told_from_a_recorded_one(
    desk: Desk, arabic: Recordings, data: Path
) -> None:
    records(desk, arabic, voice())
    (data / "surveys").mkdir()
    text = SURVEY_FILE.read_text(encoding="utf-8")
    changed = text.replace(arabic.texts[ITEM], "نص جديد")
    assert changed != text
    (data / "surveys" / "workshop.toml").write_text(changed, encoding="utf-8")
    page = desk.gets(f"{HERE}/?survey=workshop&language=ar")
    assert words(page).count("text has changed since") == 1 + (
        f'data-clip="{ITEM}" data-q' in page.html
    )
    assert f"0 of {len(arabic.texts)} texts are recorded." in words(page)
    problem = records(desk, arabic, voice(), 409).get_json()["problem"]
    assert "This text has changed." in problem, "what was read aloud is the former text"


@pytest.mark.parametrize("clip", ["item.none", "../../../evil", "item.q01/../x", "item.q01\0"])
def test_only_texts_of_the_survey_have_clips(
    clip: str, desk: Desk, arabic: Recordings, data: Path
) -> None:
    records(desk, arabic, voice(), 409, clip=clip)
    desk.posts(f"{HERE}/drop", **ARABIC, clip=clip)
    asked = desk.client.get(f"{HERE}/sound", query_string=ARABIC | {"clip": clip})
    assert asked.status_code == 404
    assert not on_disk(data)


@pytest.mark.parametrize(
    "asked", [{"survey": "../x"}, {"survey": "none"}, {"language": "../ar"}, {"language": "xx"}]
)
def test_only_surveys_and_languages_that_there_are(asked: dict[str, str], desk: Desk) -> None:
    query = ARABIC | asked
    for page in ("", "sound", "export"):
        answer = desk.client.get(f"{HERE}/{page}", query_string=query | {"clip": ITEM})
        assert answer.status_code == 404
    takes(desk, exported(desk), 404, **query)


def test_what_a_manifest_names_outside_is_never_sent(
    desk: Desk, arabic: Recordings, data: Path
) -> None:
    records(desk, arabic, voice())
    (data / "secret.mp3").write_bytes(b"secret")
    text = (arabic.folder / manifest.FILE).read_text()
    name = arabic.entries()[ITEM].files["mp3"]
    (arabic.folder / manifest.FILE).write_text(text.replace(name, "../../../secret.mp3"))
    assert desk.client.get(f"{HERE}/sound", query_string=ARABIC | {"clip": ITEM}).status_code == 404
    desk.posts(f"{HERE}/drop", **ARABIC, clip=ITEM)
    assert (data / "secret.mp3").exists()


def test_too_large_a_take_is_refused(
    desk: Desk, arabic: Recordings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "LARGEST_TAKE", len(voice()) - recording.SPARE)
    problem = records(desk, arabic, voice(), 413).get_json()["problem"]
    assert "too large" in problem
    assert arabic.states()[ITEM] is State.MISSING


# --- folders ------------------------------------------------------------------------------------
def test_recordings_go_to_another_kiosk_in_a_folder(
    desk: Desk, other_desk: Desk, arabic: Recordings, tmp_path: Path
) -> None:
    records(desk, arabic, voice(1))
    records(desk, arabic, voice(2), clip="item.q02")
    page = takes(other_desk, exported(desk)).text
    assert "Recordings taken from the file: 2." in page
    there = Recordings(tmp_path / "other", arabic.survey, arabic.tag, arabic.texts)
    assert there.entries() == arabic.entries(), "the very same files"
    for entry in there.entries().values():
        assert all((there.folder / name).is_file() for name in entry.files.values())


def test_a_folder_of_another_language_is_refused(desk: Desk, arabic: Recordings) -> None:
    records(desk, arabic, voice())
    answer = takes(desk, exported(desk), 400, language="fa")
    assert "These recordings belong to “workshop/ar”." in refusal(answer)


def test_a_former_recording_never_takes_the_place_of_todays(desk: Desk, arabic: Recordings) -> None:
    records(desk, arabic, voice(1))
    table = json.loads(unzipped(exported(desk))["workshop/ar/manifest.json"])
    table[ITEM]["hash"] = "0" * 16
    files = unzipped(exported(desk)) | {"workshop/ar/manifest.json": json.dumps(table).encode()}
    takes(desk, zipped(**files), 400)
    assert arabic.states()[ITEM] is State.RECORDED
    arabic.drop(ITEM)
    takes(desk, zipped(**files))
    assert arabic.states()[ITEM] is State.CHANGED


def test_sound_files_from_elsewhere_are_taken_by_their_names(
    desk: Desk, arabic: Recordings
) -> None:
    texts = unzipped(exported(desk))["workshop/ar/texts.txt"].decode("utf-8-sig")
    assert f"{ITEM}.wav\t{arabic.texts[ITEM]}\n" in texts, "the list of what to record"
    content = zipped(**{
        f"voices/{ITEM}.wav": wav(silence(1), tone(1), silence(1), rate=44_100),
        "voices/item.q02.wav": wav(silence(1)),
        "voices/holiday.wav": voice(),
        "voices/item.q03.exe": voice(),
        "__MACOSX/voices/._item.q01.wav": b"junk",
    })  # fmt: skip
    page = takes(desk, content).text
    assert "Recordings taken from the file: 1." in page
    assert "holiday.wav, item.q03.exe" in page
    assert "no sound: <bdi>item.q02.wav</bdi>" in page.replace("\u2068", "")
    assert arabic.states()[ITEM] is State.RECORDED


def test_what_is_added_to_a_saved_folder_is_taken_too(desk: Desk, arabic: Recordings) -> None:
    records(desk, arabic, voice(1))
    files = unzipped(exported(desk)) | {"workshop/ar/item.q02.wav": voice(2)}
    desk.posts(f"{HERE}/drop", **(ARABIC | {"clip": ITEM}))
    assert "Recordings taken from the file: 2." in takes(desk, zipped(**files)).text
    seconds = {clip: entry.seconds for clip, entry in arabic.entries().items()}
    assert seconds[ITEM] < 2 < seconds["item.q02"]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"no zip", zipped(**{"../item.q01.wav": voice()}), zipped(**{"/x/../y.wav": b""}),
        zipped(**{"a\\..\\item.q01.wav": voice()}), zipped(**{"manifest.json": b"[1]"}),
        zipped(**{"manifest.json": b'{"item.q01": {"files": 1}}'}),
        zipped(**{"item.q01.wav": b"\0" * 17 * 1024 * 1024}),
    ],
    ids=["empty", "no zip", "up", "inside up", "backslashes", "a list", "no files", "a bomb"],
)  # fmt: skip
def test_what_is_no_folder_of_ours_changes_nothing(content: bytes, desk: Desk, data: Path) -> None:
    assert "Nothing was changed." in refusal(takes(desk, content, 400))
    assert not on_disk(data)


@pytest.mark.parametrize("content", [b"\0" * 999, voice()], ids=["no sound", "another format"])
def test_a_file_that_is_not_what_it_says_is_not_taken(
    content: bytes, desk: Desk, arabic: Recordings, data: Path
) -> None:
    entry = {"hash": manifest.hash_of(arabic.texts[ITEM]), "source": "recorded", "seconds": 1,
             "files": {"opus": "a.opus", "mp3": "a.mp3"}}  # fmt: skip
    files = {
        "manifest.json": json.dumps({ITEM: entry}).encode(),
        "a.opus": content,
        "a.mp3": content,
    }
    assert "holds no recording that can be taken" in refusal(takes(desk, zipped(**files), 400))
    assert arabic.states()[ITEM] is State.MISSING


def test_too_large_a_folder_is_refused_in_a_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.sound.exchange.LARGEST", 1024)
    answer = takes(desk, b"\0" * (1024 + recording.SPARE), 413)
    assert "too large" in refusal(answer)


# --- who may, and where -------------------------------------------------------------------------
def test_no_clip_without_sign_in(desk: Desk, arabic: Recordings, app: Flask) -> None:
    records(desk, arabic, voice())
    stranger = app.test_client()
    for path in ("/", "/sound", "/export"):
        answer = stranger.get(f"{HERE}{path}", query_string=ARABIC | {"clip": ITEM})
        assert answer.status_code == 303
        assert "/staff/sign-in" in answer.headers["Location"]
    for path in ("/clip", "/drop", "/import"):
        answer = stranger.post(f"{HERE}{path}", data=ARABIC | {"clip": ITEM})
        assert answer.status_code == 303
    assert arabic.states()[ITEM] is State.RECORDED


def test_a_form_from_elsewhere_changes_nothing(desk: Desk, arabic: Recordings) -> None:
    records(desk, arabic, voice(), 400, csrf="0" * 64)
    assert arabic.states()[ITEM] is State.MISSING


def test_this_page_alone_may_use_the_microphone(desk: Desk) -> None:
    assert "microphone=(self)" in desk.gets(f"{HERE}/").headers["Permissions-Policy"]
    assert "microphone=()" in desk.gets("/staff/settings/").headers["Permissions-Policy"]


def test_without_the_extra_the_page_says_what_to_do(
    desk: Desk, arabic: Recordings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audio, "LIBRARIES", ("no_such_library",))
    page = desk.gets(f"{HERE}/")
    assert 'pip install "survey-kiosk[sound]"' in words(page)
    assert "data-can" not in page.html
    records(desk, arabic, voice(), 501)
    takes(desk, zipped(), 501)


def test_from_another_computer_the_page_says_where_to_record(
    desk: Desk, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.network.is_own", lambda ip: ip == "192.0.2.7")
    desk.client.application.extensions["staff_on_lan"] = True
    lan: dict[str, Any] = {"base_url": "http://192.0.2.7:8080"}
    lan["environ_base"] = {"REMOTE_ADDR": "192.0.2.9"}
    cookie = desk.client.get_cookie(COOKIE, path="/staff")
    assert cookie
    away = Visitor(
        desk.client.application.test_client(use_cookies=False),
        {"Cookie": f"{COOKIE}={cookie.value}"},
    )
    page = away.gets(f"{HERE}/", **lan)
    assert "Please record at the kiosk's own computer" in words(page)
    assert "data-can" not in page.html
    assert "data-can" in desk.gets(f"{HERE}/").html


def test_settings_lead_to_the_recorder(desk: Desk) -> None:
    assert f'href="{HERE}/"' in desk.gets("/staff/settings/").html
