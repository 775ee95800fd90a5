"""Tests of what Lena reads and may publish."""
