"""Stories that run through the whole product, with real kiosks and without a browser."""
