"""The address at which phones reach this machine: an IPv4 number, since names fail on phones."""

from __future__ import annotations

import socket

LOOPBACK = "127.0.0.1"


def lan_address() -> str:
    """Return this machine's IPv4 address in its network; the loopback address if it has none.

    Nothing is sent: a datagram socket only asks the system which way out it would take.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return LOOPBACK


def kiosk_url(host: str, port: int) -> str:
    """Return the kiosk's address for QR codes and for typing."""
    return f"http://{host}" if port == 80 else f"http://{host}:{port}"
