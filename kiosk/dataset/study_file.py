"""The study file as a dataset may hold it: without the address that lets kiosks put bundles."""

from __future__ import annotations

import tomllib
from functools import lru_cache

import tomli_w

TARGET = "target"


@lru_cache(64)
def without_target(source: str) -> str:
    """Return a study file without its `target`, which may be a link that lets anybody send.

    A file that names none comes back as it is; of any other, values stay and comments go, since
    these may hold the link, too.
    """
    values = tomllib.loads(source)
    if TARGET not in values:
        return source
    del values[TARGET]
    return tomli_w.dumps(values)
