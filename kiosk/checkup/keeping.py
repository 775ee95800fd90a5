"""Checks of what the kiosk keeps: the database is sound, and there is a backup."""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.checkup.finding import N_, Finding
from kiosk.config import Config
from kiosk.store.database import FILE
from kiosk.store.inspect import damage, look_up

BACK_UP_EVERY = timedelta(days=30)
BACK_UP = N_("Please put in a USB stick and run this, with the stick's folder: kiosk backup FOLDER")


def database(config: Config) -> Finding:
    """Check that the database can be read and is sound; nothing in it changes."""
    if not (config.data / FILE).is_file():
        text = N_("There is no database yet; the kiosk makes it when it first starts.")
        return Finding("database", "good", text)
    problem = damage(config.data)
    if problem:
        return Finding(
            "database", "bad",
            N_("The database of this kiosk is damaged: %(problem)s."),
            N_("Please stop the kiosk and start it again. It keeps the damaged file, goes on with "
               "all that can be saved, and tells you what may be missing."),
            {"problem": problem},
        )  # fmt: skip
    return Finding("database", "good", N_("The database of this kiosk is sound."))


def backup(config: Config) -> Finding:
    """Check that the last backup is no older than a month."""
    if not (config.data / FILE).is_file():
        return Finding("backup", "good", N_("There is nothing to back up yet."))
    last = look_up(config.data, "last_backup")
    if last is None:
        return Finding("backup", "warn", N_("There is no backup of this kiosk."), BACK_UP)
    values = {"date": last}
    if date.today() - date.fromisoformat(last) > BACK_UP_EVERY:
        text = N_("The last backup is more than a month old: %(date)s.")
        return Finding("backup", "warn", text, BACK_UP, values)
    return Finding("backup", "good", N_("The last backup was made on %(date)s."), values=values)
