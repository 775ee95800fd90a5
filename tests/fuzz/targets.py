"""Everything that reads what comes from outside, good examples for it, and how it may refuse."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pyrage import x25519

from kiosk.bundle.read import BadBundle, read_bundle
from kiosk.config import WrongSetting, load_config
from kiosk.dataset.map_file import BadMapping, read_map
from kiosk.opening.new_study import NewStudy
from kiosk.opening.rehearsal import NotRehearsed, open_rehearsal
from kiosk.paths import bundled
from kiosk.sound import audio, manifest
from kiosk.sound.audio import BadSound
from kiosk.sound.exchange import OtherTexts, exported, take
from kiosk.sound.recordings import Recordings
from kiosk.store.tickets import digest, tidy
from kiosk.study.archive import BadArchive
from kiosk.study.kept import install_pack
from kiosk.study.pack import load_pack, pack_of
from kiosk.study.receipts import BadReceipt, read_receipt
from kiosk.study.rehearsal import MARK
from kiosk.survey.answers import Refused, read_answers
from kiosk.survey.form import form_files, parse_form, read_form, read_report
from kiosk.survey.loader import parse_survey, read_survey
from kiosk.survey.problems import SurveyProblems
from kiosk.sync.address import parse_address
from kiosk.sync.logins import login_in
from kiosk.sync.packed_login import keep_login
from kiosk.sync.problem import SendProblem
from kiosk.sync.targets.multistatus import read_entries
from kiosk.translate.exchange import FORMATS, read_rows
from kiosk.translate.files import CannotTranslate, files_of
from kiosk.translate.lines import lines_of
from kiosk.translate.take_back import take_back
from tests.bundle import bundle_in
from tests.fuzz import mutate
from tests.fuzz.mutate import Mutator
from tests.sound.clips import voice
from tests.store import FORM, SURVEY

Read = Callable[[bytes], object]
MAPPING = (
    b'to = "small 2"\n[[from]]\nversion = "small 1"\nsame = ["q01"]\n[from.renamed]\nq2 = "q3"\n'
)
LISTING = (
    b'<?xml version="1.0"?><d:multistatus xmlns:d="DAV:"><d:response><d:href>/in/a%20b.zip</d:href>'
    b"<d:propstat><d:prop><d:resourcetype/><d:getcontentlength>12</d:getcontentlength></d:prop>"
    b"<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>"
)
ADDRESSES = (
    b"s3://bucket/inbox/{site}?endpoint=https://s3.example.org:9000&region=no", b"file:///srv/in",
    b"sftp://kari@[2001:db8::1]:2222/in%20box", b"webdavs://files.example.org/inbox",
)  # fmt: skip
RECEIPT = (
    b'{"format":1,"study":"small","bundles":["' + b"0" * 64 + b'"],"day":"2026-11-22",'
    b'"key":"' + b"A" * 43 + b'=","signature":"' + b"A" * 86 + b'=="}'
)


@dataclass(frozen=True)
class Parser:
    """Something that reads bytes: what it is given, how that is spoilt, how it may refuse."""

    read: Read
    seeds: Sequence[bytes]
    spoil: Mutator = mutate.text
    refuses: tuple[type[Exception], ...] = ()


@dataclass(frozen=True)
class Place:
    """An empty folder of one's own, a study with its key, and names for what is tried."""

    folder: Path
    study: NewStudy
    identity: x25519.Identity

    def put(self, name: str, content: bytes) -> Path:
        """Write what is tried into a file."""
        path = self.folder / name
        path.write_bytes(content)
        return path


def parsers(place: Place) -> dict[str, Parser]:
    """Return all parsers of what comes from outside, by name."""
    return _texts(place) | _archives(place) | _translations(place) | _small(place)


def _texts(place: Place) -> dict[str, Parser]:
    study = place.study.file.read_bytes()
    survey = (bundled("surveys") / "workshop.toml").read_bytes()
    forms = [one.encode() for one in form_files().values()]
    login = b'user = "kari"\npassword = "secret"\nsite = "oslo"\n'
    settings = b'host = "127.0.0.1"\nport = 8080\nstaff_on_lan = true\noffer_from = "reviewed"\n'
    return {
        "survey": Parser(
            lambda data: read_survey(_text(data)), [SURVEY.encode(), survey], mutate.text
        ),
        "form": Parser(lambda data: read_form(_text(data)), [FORM.encode(), *forms]),
        "study": Parser(lambda data: pack_of(data, "study.toml"), [study], refuses=REFUSES),
        "login": Parser(login_in, [login], refuses=(SendProblem,)),
        "settings": Parser(
            lambda data: load_config(place.put("kiosk.toml", data).parent), [settings],
            refuses=(WrongSetting,),
        ),
        "mapping": Parser(
            lambda data: read_map(place.put("map.toml", data)), [MAPPING], refuses=(BadMapping,)
        ),
    }  # fmt: skip


REFUSES = (SurveyProblems,)


def _archives(place: Place) -> dict[str, Parser]:
    bundle = bundle_in(place.folder / "workshop").read_bytes()
    pack = load_pack(pack_folder(place)).to_bytes()
    texts = {"q01": "I enjoyed it.", "q02": "It was easy."}
    recordings = Recordings(place.folder / "sounds", "workshop", "en", texts)
    recordings.keep("q01", voice(0.2, silence=0.0))

    def installs(data: bytes) -> None:
        found = pack_of(data, "a.study.zip")
        install_pack(found, place.folder / "kiosk")
        keep_login(found, place.folder / "kiosk")

    rehearsal = mutate.written([*_inside(bundle), (MARK, b"a rehearsal")])
    return {
        "bundle": Parser(lambda data: read_bundle(place.put("a.bundle.zip", data)), [bundle],
                         mutate.zipped, (BadBundle,)),
        "rehearsal": Parser(
            lambda data: open_rehearsal(place.put("a.zip", data), place.identity),
            [rehearsal], mutate.zipped, (NotRehearsed,),
        ),
        "pack": Parser(installs, [pack], mutate.zipped, REFUSES),
        "sounds": Parser(lambda data: take(recordings, data), [exported(recordings)],
                         mutate.zipped, (BadArchive, OtherTexts)),
        "manifest": Parser(
            manifest.parse, [manifest.dumped(recordings.entries())], refuses=(ValueError,)
        ),
        "sound": Parser(audio.read, [voice(0.1, silence=0.0),
                                     recordings.sound("q01", "opus") or b"",
                                     recordings.sound("q01", "mp3") or b""],
                        mutate.raw, (BadSound,)),
    }  # fmt: skip


def _translations(place: Place) -> dict[str, Parser]:
    folder = place.folder / "translating"
    for language in ("fr",):
        shutil.copytree(bundled("translations") / language, folder / "translations" / language)
    shutil.copy(bundled("surveys") / "workshop.toml", folder / "my.toml")
    files = files_of("fr", str(folder / "my.toml"), folder, folder / "translations")
    lines = [line for line in lines_of(files) if not line.is_interface][:4]
    found = {}
    for ending, kind in FORMATS.items():
        path = folder / f"out{ending}"
        kind.write(path, "fr", lines)
        spoil = mutate.zipped if ending == ".xlsx" else mutate.text

        def reads(data: bytes, ending: str = ending) -> None:
            take_back(files, read_rows(place.put(f"back{ending}", data)))

        found[ending] = Parser(reads, [path.read_bytes()], spoil, (CannotTranslate, *REFUSES))
    return found


def _small(place: Place) -> dict[str, Parser]:
    survey, form = parse_survey(SURVEY), parse_form(FORM)

    def answers(data: bytes) -> None:
        parts = [one.partition("=") for one in _text(data).split("&")]
        fields = [(key, value) for key, _, value in parts]
        read_report(form, fields)
        with suppress(Refused):
            read_answers(survey, fields)

    return {
        "receipt": Parser(lambda data: read_receipt(data, {"A" * 43 + "="}), [RECEIPT],
                          refuses=(BadReceipt,)),
        "address": Parser(
            lambda data: parse_address(_text(data)).of_site("oslo").above_sites, ADDRESSES,
            refuses=(SendProblem,),
        ),
        "listing": Parser(read_entries, [LISTING], refuses=(SendProblem,)),
        "ticket": Parser(lambda data: digest(b"salt", tidy(_text(data))), [b"ab3 k9x"]),
        "answers": Parser(answers, [b"q01=4&q02=5&submission_id=x", b"q01=&tried=two\r\nlines"]),
    }  # fmt: skip


def pack_folder(place: Place) -> Path:
    """Return a study's folder with one survey."""
    folder = place.folder / "study"
    (folder / "surveys").mkdir(parents=True, exist_ok=True)
    shutil.copy(place.study.file, folder / "study.toml")
    shutil.copy(bundled("surveys") / "workshop.toml", folder / "surveys" / "workshop.toml")
    return folder


def _inside(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _text(data: bytes) -> str:
    return data.decode(errors="replace")
