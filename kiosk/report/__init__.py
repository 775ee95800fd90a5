"""The researcher's report: honest small-number charts and tables that are safe to publish."""
