"""SSH servers, through paramiko: whose key they show, who comes, what files are there."""

from __future__ import annotations

import logging

# What goes wrong is told once, by a SendProblem; paramiko would print it on the terminal as well.
LOG = logging.getLogger("paramiko")
LOG.addHandler(logging.NullHandler())
LOG.propagate = False
