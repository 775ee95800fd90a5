"""Tests of how people work on translations. Nadia speaks Arabic at home and reads on paper."""
