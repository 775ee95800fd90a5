"""Kari records at her laptop: Chromium hears what the tests put before its microphone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.opening.new_study import NewStudy
from kiosk.sound import manifest
from tests.browser.axe import violations
from tests.browser.desk import Desk
from tests.conftest import SURVEY_FILE
from tests.server import RealKiosk
from tests.setup_browser import browser_arguments
from tests.sounds import silence, tone, wav

ARABIC = "/staff/recording/?survey=workshop&language=ar"
SPOKEN = wav(silence(0.3), tone(1), silence(0.3))
Microphone = Callable[[bytes], AbstractContextManager[Page]]


@pytest.fixture
def microphone(browser: Browser, browser_path: str, tmp_path: Path) -> Microphone:
    """Open a browser of its own that hears one sound again and again."""

    @contextmanager
    def open_with(sound: bytes) -> Iterator[Page]:
        heard = tmp_path / "heard.wav"
        heard.write_bytes(sound)
        flags = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
                 f"--use-file-for-fake-audio-capture={heard}"]  # fmt: skip
        own = browser.browser_type.launch(
            executable_path=browser_path, args=[*browser_arguments(), *flags]
        )
        yield own.new_page()
        own.close()

    return open_with


@pytest.fixture
def library(data: Path, study: NewStudy) -> Iterator[RealKiosk]:
    """A kiosk that nobody has used yet."""
    running = RealKiosk(data, study.file, opened=False)
    yield running
    running.stop()


def opens(page: Page, kiosk: RealKiosk, address: str = ARABIC) -> None:
    Desk(page, kiosk.here).starts_for_the_first_time()
    page.goto(f"{kiosk.here}{address}")


def state_of(page: Page, clip: str) -> str:
    return page.locator(f"tr[data-clip='{clip}'] .state").inner_text()


def speaks(page: Page) -> None:
    """Touch Record, and Stop as soon as the meter has shown a voice."""
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator("[data-part=level-word]")).to_have_text("good")
    page.get_by_role("button", name="Stop").click()


def test_kari_records_two_texts_with_the_keyboard(
    library: RealKiosk, microphone: Microphone, data: Path
) -> None:
    with microphone(SPOKEN) as page:
        opens(page, library)
        aloud, count = page.locator("[data-part=text]"), page.locator("[data-part=count]")
        first = aloud.inner_text()
        assert (aloud.get_attribute("lang"), aloud.get_attribute("dir")) == ("ar", "rtl")
        assert count.inner_text().startswith("0 of ")
        page.get_by_role("button", name="Record", exact=True).focus()
        for number in (1, 2):
            page.keyboard.press("Enter")
            expect(page.get_by_role("button", name="Stop")).to_be_focused()
            expect(page.locator("[data-part=level-word]")).to_have_text("good")
            assert not violations(page)
            page.keyboard.press("Enter")
            expect(page.get_by_role("button", name="Keep and go on")).to_be_focused()
            assert not violations(page)
            page.keyboard.press("Enter")
            expect(page.locator("[data-part=said]")).to_have_text("Kept. Here is the next text.")
            expect(page.get_by_role("button", name="Record", exact=True)).to_be_focused()
            assert count.inner_text().startswith(f"{number} of ")
        assert aloud.inner_text() != first
        assert page.get_by_role("heading", name="Text 3 of").is_visible()
        page.reload()
        clips = page.locator("tr[data-clip]").evaluate_all(
            "(rows) => rows.map((r) => r.dataset.clip)"
        )
        assert [state_of(page, clip) for clip in clips[:3]] == [
            "recorded", "recorded", "no sound yet"
        ]  # fmt: skip
        entries = manifest.read(data / "sounds" / "workshop" / "ar")
        assert list(entries) == sorted(clips[:2])
        assert not violations(page)


def test_a_take_can_be_heard_and_taken_again(library: RealKiosk, microphone: Microphone) -> None:
    with microphone(SPOKEN) as page:
        opens(page, library)
        speaks(page)
        page.evaluate("""() => {
            const start = AudioBufferSourceNode.prototype.start;
            document.body.dataset.heard = 0;
            AudioBufferSourceNode.prototype.start = function () {
                const loud = this.context instanceof AudioContext;
                document.body.dataset.heard = Number(document.body.dataset.heard) + loud;
                start.call(this);
            };
        }""")
        page.get_by_role("button", name="Play").click()
        page.get_by_role("button", name="Again").click()
        expect(page.locator("[data-part=level-word]")).to_have_text("good")
        page.get_by_role("button", name="Stop").click()
        page.get_by_role("button", name="Keep and go on").click()
        expect(page.locator("[data-part=said]")).to_have_text("Kept. Here is the next text.")
        page.get_by_role("button", name="Text before").click()
        page.get_by_role("button", name="Play").click()
        expect(page.locator("body")).to_have_attribute("data-heard", "2")
        assert page.locator("[data-part=problem]").is_hidden(), "the kept clip can be played"


@pytest.mark.parametrize(
    ("sound", "word", "sentence"),
    [
        (wav(silence(3)), "too quiet", "Almost nothing can be heard."),
        (wav(tone(3, height=5)), "too loud", "This is too loud"),
    ],
    ids=["silence", "clipping"],
)
def test_what_is_no_good_is_refused_at_once(
    sound: bytes, word: str, sentence: str, library: RealKiosk, microphone: Microphone, data: Path
) -> None:
    with microphone(sound) as page:
        opens(page, library)
        page.get_by_role("button", name="Record", exact=True).click()
        expect(page.locator("[data-part=level-word]")).to_have_text(word)
        page.get_by_role("button", name="Stop").click()
        expect(page.locator("[data-part=problem]")).to_contain_text(sentence)
        expect(page.get_by_role("button", name="Again")).to_be_focused()
        assert page.get_by_role("button", name="Keep and go on").is_hidden()
        assert not violations(page)
    assert not (data / "sounds").exists()


def test_a_changed_text_shows_and_a_folder_travels(
    library: RealKiosk, microphone: Microphone, data: Path, study: NewStudy, tmp_path: Path
) -> None:
    with microphone(SPOKEN) as page:
        opens(page, library, f"{ARABIC}&clip=item.q01")
        text = page.locator("[data-part=text]").inner_text()
        speaks(page)
        page.get_by_role("button", name="Keep and go on").click()
        expect(page.locator("tr[data-clip='item.q01'] .state")).to_have_text("recorded")
        with page.expect_download() as saved:
            page.get_by_role("link", name="Save the folder").click()
        folder = tmp_path / "folder.zip"
        saved.value.save_as(folder)

        survey = SURVEY_FILE.read_text(encoding="utf-8")
        (data / "surveys").mkdir()
        changed = data / "surveys" / "workshop.toml"
        changed.write_text(survey.replace(text, f"{text} ؟"), encoding="utf-8")
        page.reload()
        assert state_of(page, "item.q01") == "text has changed since"
        assert not violations(page)

        other = RealKiosk(tmp_path / "other", study.file, opened=False)
        opens(page, other)
        page.locator("#folder").set_input_files(folder)
        page.get_by_role("button", name="Take this folder").click()
        expect(page.get_by_text("Recordings taken from the file: 1.")).to_be_visible()
        assert state_of(page, "item.q01") == "recorded"
        other.stop()


def test_a_page_elsewhere_says_that_it_has_no_microphone(
    library: RealKiosk, browser: Browser
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("delete Navigator.prototype.mediaDevices")
    opens(page, library)
    expect(page.get_by_text("This browser does not lend a microphone")).to_be_visible()
    assert page.get_by_role("button", name="Record", exact=True).is_hidden()
    page.get_by_role("button", name="Next text").click()
    assert not violations(page)
    context.close()
