"""Tests of the check-up: Kari hears before the workshop what would go wrong in it."""
