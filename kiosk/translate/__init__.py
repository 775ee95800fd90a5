"""Translations as people work on them: on paper, in a spreadsheet, step by step (L8–L12)."""
