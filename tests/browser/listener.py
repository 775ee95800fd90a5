"""Somebody who cannot see: knows only what was spoken, and where on the glass a finger was."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from kiosk.sound.manifest import RECORDED, Entry, hash_of, name_of, write
from kiosk.sound.texts import spoken
from kiosk.survey.loader import load_survey
from tests.browser.person import QUIET
from tests.conftest import SURVEY_FILE

Point = tuple[int, int]
STEP = 60  # css px between the places that a finger tries
PATIENCE = 10_000  # ms that a clip may take to begin
# Notes each clip that begins to play, and each sentence a device's voice begins to speak.
EAR = """
    window.heard = [];
    window.lights = [];
    window.since = 0;
    window.touched = 0;
    window.together = 0;
    const playing = new Set(), waiting = new Set();
    const note = (words) => { heard.push(words); for (const look of waiting) look(); };
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
        playing.add(this);
        const others = [...playing].filter((one) => one !== this && !one.paused).length;
        window.together = Math.max(together, others + 1);
        const face = document.querySelector('.speaking .face use');
        lights.push(face ? face.getAttribute('href') : '');
        note(this.dataset.clip);
        return play.call(this);
    };
    const after = new MessageChannel();
    after.port1.onmessage = () => { touched += 1; for (const look of waiting) look(); };
    addEventListener('click', () => after.port2.postMessage(''), true);
    window.listened = (wanted, patience) => new Promise((resolve) => {
        const look = () => {
            const found = heard.slice(since).find((clip) => !wanted || wanted.includes(clip));
            const speaks = document.documentElement.classList.contains('listening');
            const quiet = !wanted && touched && !speaks;
            if (found || quiet) { waiting.delete(look); resolve(found || ''); }
        };
        waiting.add(look);
        new MutationObserver(look).observe(document.documentElement, { attributes: true });
        setTimeout(() => { waiting.delete(look); resolve(''); }, patience);
        look();
    });
"""


def gives_clips(
    data: Path, tags: tuple[str, ...], *, source: str = RECORDED, apart: bool = False
) -> None:
    """Put a short clip of every text of the languages on a kiosk, as if somebody had recorded.

    All are one silence and share their files, unless they are to be told `apart`.
    """
    import numpy as np

    from kiosk.sound.audio import RATE, encoded

    made = encoded(np.zeros(RATE // 10, dtype=np.float32))
    survey = load_survey(SURVEY_FILE)
    for tag in tags:
        folder = data / "sounds" / survey.id / tag
        folder.mkdir(parents=True, exist_ok=True)
        entries = {}
        for clip, text in spoken(survey, tag).items():
            names = {}
            for ending, content in made.files.items():
                own = content + clip.encode() * apart
                names[ending] = name_of(own, ending)
                (folder / names[ending]).write_bytes(own)
            entries[clip] = Entry(hash_of(text), source, made.seconds, names)
        write(folder, entries)


@dataclass
class Listener:
    """Somebody who finds what to touch by listening, and remembers where it was.

    `texts` maps clip -> what it says. Nothing else of the page is looked at.
    """

    page: Page
    texts: dict[str, str]
    places: dict[str, Point] = field(default_factory=dict)
    searches: list[str] = field(default_factory=list)

    @property
    def heard(self) -> list[str]:
        return list(self.page.evaluate("heard"))

    def waits_for(self, *texts: str) -> str:
        """Listen until one of the texts is said; return which."""
        clips = [clip for clip, text in self.texts.items() if text in texts]
        found = self.page.evaluate(
            "([clips, patience]) => listened(clips, patience)", [clips, PATIENCE]
        )
        assert found, f"never said: {texts}; but {self.heard[-5:]}"
        return self.texts[found]

    def touches(self, point: Point) -> str:
        """Touch the glass once; return what is said first, "" if nothing is."""
        self.page.clock.fast_forward(QUIET + 20)
        self.page.evaluate("since = heard.length; touched = 0")
        self.page.touchscreen.tap(*point)
        first = self.page.evaluate("patience => listened(null, patience)", PATIENCE)
        return self.texts.get(first, "")

    def finds(self, text: str) -> None:
        """Put the finger on what says this: where it was before, or wherever it is now."""
        known = [self.places[text]] if text in self.places else []
        for point in itertools.chain(known, self._everywhere()):
            said = self.touches(point)
            if said:
                self.places[said] = point
            if said == text:
                return
            if point not in known:
                self.searches.append(text)
        raise AssertionError(f"nowhere on the glass: {text}")

    def does(self, text: str) -> None:
        """Find it by a first touch, do it by a second one."""
        self.finds(text)
        self.page.clock.fast_forward(QUIET + 20)
        self.page.evaluate("since = heard.length")
        self.page.touchscreen.tap(*self.places[text])

    def _everywhere(self) -> Iterator[Point]:
        """Yield points all over the glass, never two after each other on the same thing."""
        size = self.page.viewport_size
        assert size
        rows = range(STEP // 2, size["height"], STEP)
        points = [(x, y) for y in rows for x in range(STEP // 2, size["width"], STEP)]
        half = len(points) // 2
        return itertools.chain(*zip(points[half:], points[:half], strict=False))
