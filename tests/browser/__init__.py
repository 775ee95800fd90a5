"""The pages, in real Chromium."""
