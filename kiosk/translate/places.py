"""Where the interface's texts stand, in the order in which people meet them, and what each is."""

from __future__ import annotations

from dataclasses import dataclass

# Page -> what it is called on a reviewer's sheet.
PAGES = {
    "start": "Choosing a language",
    "consent": "What this is, and may we ask?",
    "practice": "A practice question",
    "answers": "The words under the faces, and beside them",
    "questions": "The questions",
    "around": "Around every question",
    "review": "Before sending",
    "sent": "After sending",
    "listening": "Listening and seeing better",
    "screen": "On a shared tablet",
    "trouble": "When something does not work",
    "ticket": "With a paper ticket",
    "wall": "On a poster in the room",
    "elsewhere": "Elsewhere",
}
BUTTON, HEADING, SENTENCE = "button: short", "heading: short", "sentence"
HEARD = "only heard, by people who use a screen reader"
STATUS = "message that comes and goes: short"
# Page, what it is, English texts.
MESSAGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("start", HEADING, ("Choose your workshop",)),
    ("start", BUTTON, ("Language", "Help")),
    ("consent", BUTTON, ("Start", "No, thank you")),
    ("practice", HEARD, ("Try it first",)),
    ("practice", SENTENCE, (
        "Touch the face that fits you.", "This is only practice. It is not saved.",
    )),
    ("around", BUTTON, ("Next", "Back", "Skip")),
    ("around", HEARD, ("Question %(number)s of %(total)s",)),
    ("around", STATUS, (
        "You did not choose. Choose an answer, or skip.", "You skipped this question.",
    )),
    ("review", HEADING, ("Are you ready to send?",)),
    ("review", SENTENCE, (
        "You answered %(answered)s of %(total)s.", "Touch “Send” to give us your answers.",
    )),
    ("review", BUTTON, ("Send", "Show my answers", "Hide my answers", "Change", "Go on")),
    ("review", "stands in the place of an answer: short", ("Not answered",)),
    ("review", SENTENCE, (
        "Ask the person who leads the workshop.", "Your answers are hidden now.",
    )),
    ("sent", STATUS, ("Sending your answers …",)),
    ("sent", SENTENCE, (
        "Your answers are saved.", "You can close this page now.", "Thank you. Nothing was sent.",
        "Nothing was sent. Thank you for coming.",
    )),
    ("listening", BUTTON, (
        "Listen", "Stop", "Quieter", "Louder", "Read everything to me", "Do not read to me",
        "Larger text", "Normal text", "Stronger colours", "Normal colours",
    )),
    ("listening", SENTENCE, (
        "Touch once to hear. Touch again to choose.", "Touch again to choose.", "You chose:",
        "A computer made this voice.",
    )),
    ("consent", "sentence on the printed sheet, in place of what speaks of “Send”", (
        "After you hand in this sheet, we cannot find or delete your answers. "
        "Nobody knows which ones are yours.",
    )),
    ("screen", HEADING, ("Are you still there?",)),
    ("screen", SENTENCE, ("If you do not touch the screen, your answers will be deleted.",)),
    ("screen", BUTTON, ("I am still here", "Next person")),
    ("trouble", HEADING, (
        "Error", "Your answers are not sent yet.", "The kiosk has a problem.",
        "No workshop is open now.", "This workshop has not started yet.",
        "This workshop is closed.", "This page is not here.",
        "This survey is not here in that language.", "We could not read your answers.",
    )),
    ("trouble", SENTENCE, (
        "They are kept on this screen, and we keep trying. Please leave this page open.",
        "Your answers are not saved. Wait a little and send once more.",
        "Nothing was saved. Go back and send once more.",
        "Scan the code once more, or check the address.", "Choose another language.",
    )),
    ("trouble", BUTTON, ("Try again",)),
    ("ticket", HEADING, (
        "Your ticket", "This ticket is used already.", "We do not know this ticket.",
    )),
    ("ticket", SENTENCE, (
        "Type the letters and numbers on your ticket.",
        "Check the letters and numbers, or ask the person who leads the workshop.",
        "Each ticket is for one person. Ask the person who leads the workshop.",
    )),
    ("wall", SENTENCE, (
        "Tell us what you think of the workshop. Scan the code with your phone. "
        "Nobody asks your name.",
    )),
)  # fmt: skip
# Beginning of a survey text's id -> (page, what it is); the first that fits.
SURVEY = {
    "title": ("consent", "title of the whole"),
    "consent.timer": ("consent", "sentence; on a shared tablet only"),
    "consent.": ("consent", SENTENCE),
    "practice": ("practice", "question to try it out: short"),
    "missing.": ("answers", "answer beside the faces: short; none of the five"),
    "option.": ("answers", "answer, under a face: very short; together a scale with even steps"),
    "yesno.": ("answers", "answer: one word"),
    "row.": ("questions", "line of a question: short"),
    "item.": ("questions", "question: at most twelve words, said by the one who answers"),
    "tool": ("questions", "stands for {tool} in the questions"),
    "thanks.title": ("sent", HEADING),
    "thanks.text": ("sent", SENTENCE),
}


@dataclass(frozen=True)
class Place:
    """The page on which a text stands, and what it is there, with its limits."""

    page: str
    purpose: str


def place_of_text(text_id: str) -> Place:
    """Return where a survey's text stands; an item's own answers stand with the questions."""
    if text_id.startswith("option.") and text_id.count(".") > 1:
        return Place("questions", "answer to this question: short")
    fitting = (place for start, place in SURVEY.items() if text_id.startswith(start))
    return Place(*next(fitting, ("elsewhere", "")))


def places_of_messages() -> dict[str, Place]:
    """Return English text -> place of the interface's texts that are known, in their order."""
    return {text: Place(page, purpose) for page, purpose, texts in MESSAGES for text in texts}
