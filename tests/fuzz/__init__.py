"""Whatever comes from outside: it is read, or it is refused with a sentence; nothing else."""

from __future__ import annotations

import os

# How many times as many examples as usual are tried: KIOSK_FUZZ=50 takes some half an hour.
TIMES = int(os.environ.get("KIOSK_FUZZ", "1"))
