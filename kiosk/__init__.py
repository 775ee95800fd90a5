"""Survey Kiosk: everybody in the room answers before going home."""

from importlib.metadata import version

__version__ = version("survey-kiosk")
