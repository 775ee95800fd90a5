"""The researcher's door: a server of its own, which alone of all pages can open envelopes."""
