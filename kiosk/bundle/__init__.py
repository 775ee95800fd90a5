"""A closed workshop, ready to travel: one ZIP that proves itself and never changes."""
