"""Changes good files into bad ones, by chance: texts line by line, ZIPs file by file."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable
from random import Random

from kiosk.study.archive import SUMS, sums

Mutator = Callable[[Random, bytes], bytes]
BAD_NAMES = (
    "../evil", "../../evil.toml", "/etc/evil", "surveys/../../evil.toml", "..\\evil", "C:\\evil",
    "C:evil.toml", "surveys\\evil.toml", "CON", "surveys/con.toml", "evil\0.toml", "surveys/", "",
    "responses/../evil.age", "a" * 300, "surveys/é.toml", "sounds/a/en/../../../evil.opus",
)  # fmt: skip
BAD_WORDS = (
    "", "\0", "=1+1", "@SUM(A1)", "../../evil", "C:\\evil", "\u202e", "\ud7ff", "9" * 5000, "-1",
    "0x" + "f" * 5000, ".".join("a" * 200) + " = 1", "[" * 3000, "{" * 3000, "nan", "1e999", "null",
    "true", '"""', "'''", "[[item]]", "[translation]", "9999-12-31", "0001-01-01T00:00:00Z", "\r",
    "<script>", "%s%n{n}", "msgid", "fuzzy", "é" * 300, "99999999999999999999", "\u0664", "\ufeff",
)  # fmt: skip
SIGNS = "\0\t\n\r \"'=[]{}#.,:;\\/-0189aé\u202e\ufeff"


def text(chance: Random, data: bytes) -> bytes:
    """Change a few places of a text."""
    source = data.decode("utf-8", errors="replace")
    for _ in range(chance.randint(1, 4)):
        source = chance.choice((_line, _word, _sign))(chance, source)
    return source.encode("utf-8", errors="surrogatepass")


def _line(chance: Random, source: str) -> str:
    lines = source.split("\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    what = chance.randrange(4)
    if what == 0:
        del lines[at]
    elif what == 1:
        lines.insert(other, lines[at])
    elif what == 2:
        lines[at], lines[other] = lines[other], lines[at]
    else:
        lines.insert(at, chance.choice(BAD_WORDS))
    return "\n".join(lines)


def _word(chance: Random, source: str) -> str:
    begin = chance.randrange(len(source) + 1)
    end = min(len(source), begin + chance.choice((0, 1, 5, 40)))
    return source[:begin] + chance.choice(BAD_WORDS) + source[end:]


def _sign(chance: Random, source: str) -> str:
    at = chance.randrange(len(source) + 1)
    return source[:at] + chance.choice(SIGNS) + source[at + chance.randrange(2) :]


def raw(chance: Random, data: bytes) -> bytes:
    """Change a few bytes: flipped, cut out, doubled, cut off."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(found) + 1)
        end = min(len(found), at + chance.choice((1, 2, 4, 16, 200)))
        what = chance.randrange(5)
        if what == 0:
            del found[at:end]
        elif what == 1:
            found[at:at] = found[at:end]
        elif what == 2:
            found[at:end] = chance.choice((b"\0", b"\xff")) * (end - at)
        elif what == 3 and end > at:
            found[at] ^= 1 << chance.randrange(8)
        elif chance.random() < 0.3:
            del found[at:]
    return bytes(found)


def zipped(chance: Random, data: bytes) -> bytes:
    """Change what is in a ZIP; its checksums are mostly right all the same."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = [(name, archive.read(name)) for name in archive.namelist() if name != SUMS]
    for _ in range(chance.randint(1, 3)):
        files = _changed(chance, files)
    if chance.random() < 0.9:
        files.append((SUMS, sums(dict(files))))
    content = written(files, chance.choice((zipfile.ZIP_DEFLATED,) * 5 + WAYS))
    return raw(chance, content) if chance.random() < 0.2 else content


WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
Files = list[tuple[str, bytes]]


def _changed(chance: Random, files: Files) -> Files:
    if not files:
        return [(chance.choice(BAD_NAMES), b"evil")]
    at = chance.randrange(len(files))
    name, content = files[at]
    what = chance.randrange(8)
    if what == 0:
        return [*files, (chance.choice(BAD_NAMES), b"evil")]
    if what == 1:
        return [*files, (name, content)]
    if what == 2:
        return [*files[:at], *files[at + 1 :]]
    if what == 3:
        name = chance.choice(BAD_NAMES)
    else:
        content = (raw if name.endswith((".age", ".opus", ".mp3", ".png")) else text)(
            chance, content
        )
    return [*files[:at], (name, content), *files[at + 1 :]]


def written(files: Files, way: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP with just these names, also if one stands twice."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", way) as archive:
        warnings.simplefilter("ignore")
        for name, content in files:
            info = zipfile.ZipInfo("x", (1980, 1, 1, 0, 0, 0))
            info.filename, info.compress_type = name, way
            archive.writestr(info, content)
    return buffer.getvalue()
