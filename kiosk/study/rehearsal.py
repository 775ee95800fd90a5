"""What marks a rehearsal file, so that nobody ever takes it for a workshop.

It is a bundle with one file more. That file makes it none: whoever reads bundles refuses it, an
older version of the program too, and says this name as the reason.
"""

from __future__ import annotations

MARK = "THIS IS A REHEARSAL, NOT A WORKSHOP"
SUFFIX = ".rehearsal.zip"
TEXT = """\
This file is a test, made by a kiosk before its first workshop. Nobody answered anything.
The researchers open it with their real key: kiosk study rehearse FILE --key KEY
and tell the site the code that it prints. It is never counted and is in no dataset.
"""
