"""Other browser engines than the one most tests use, driven by a finger at real coordinates."""
