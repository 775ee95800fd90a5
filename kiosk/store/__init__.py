"""The only package that knows SQL. It keeps envelopes it cannot open, and counts."""
