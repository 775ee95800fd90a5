"""Something breaks while people answer. What the log says of it may lie in a system's journal,
with the second beside it; so it must not name anybody."""

from __future__ import annotations

import logging

import pytest
from flask import Flask
from waitress.channel import HTTPChannel
from waitress.utilities import logger

from kiosk.config import Config
from kiosk.serve import Server
from tests.server import free_port


def test_the_web_server_says_where_it_failed_and_not_whom_it_served(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    """Its own messages would name the address of a phone, or the page with its language."""
    server = Server(app, Config(data=app.extensions["config"].data, port=free_port()))
    try:
        logger.warning("Exception when servicing %r", HTTPChannel)
        try:
            raise OSError("192.0.2.55 went away")
        except OSError:
            logger.exception("Exception while serving /w/abcde/ti")
    finally:
        server.stop()
    texts = [logging.Formatter().format(record) for record in caplog.records]
    assert texts[0].startswith("The web server had a problem: test_trouble, line ")
    assert texts[1].endswith("OSError")
    assert not [text for text in texts if "Channel" in text or "/w/" in text or "192." in text]
