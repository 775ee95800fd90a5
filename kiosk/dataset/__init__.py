"""The researcher's dataset: from bundles to files that statistics programs read."""
