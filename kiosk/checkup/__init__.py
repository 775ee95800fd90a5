"""The check-up: looks at machine, network and content, and says in plain words what to do."""

from kiosk.checkup.checks import checkup

__all__ = ["checkup"]
