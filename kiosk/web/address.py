"""The address at which phones reach this machine: an IPv4 number, since names fail on phones."""

from __future__ import annotations

from kiosk import network

LOOPBACK = "127.0.0.1"
ADDRESS = "address"  # the setting in which staff keep their choice


def lan_address(chosen: str | None = None) -> str:
    """Return the address staff chose while this machine still has it, else the likeliest one.

    The loopback address if the machine is in no network.
    """
    found = [address.ip for address in network.addresses()]
    return chosen if chosen in found else next(iter(found), LOOPBACK)


def kiosk_url(host: str, port: int) -> str:
    """Return the kiosk's address for QR codes and for typing."""
    return f"http://{host}" if port == 80 else f"http://{host}:{port}"
