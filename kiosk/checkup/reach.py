"""Checks of the way from a phone to the kiosk: addresses, the port, the firewall."""

from __future__ import annotations

import errno
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address

from kiosk import network
from kiosk.checkup.finding import N_, Finding
from kiosk.config import Config
from kiosk.store.inspect import look_up

PATIENCE_SECONDS = 1.0
CHOSEN = "address"  # the setting in which staff choose one of several addresses
JOIN = N_(
    "Please join the Wi-Fi of the room, or switch on this computer's own hotspot. Until then no "
    "tablet or phone can reach the kiosk; the survey on this computer's own screen works all the "
    "same."
)


def addresses(config: Config) -> Finding:
    """Check that phones have an address at which they can reach this computer."""
    if _is_loopback(config.host):
        return Finding(
            "addresses", "warn",
            N_("This kiosk is set to answer on this computer only; tablets and phones are kept "
               "out."),
            N_("If people are to answer on tablets or phones, please take the setting “host” out "
               "of kiosk.toml, or start the kiosk without --host."),
        )  # fmt: skip
    found = network.addresses()
    if not found:
        return Finding("addresses", "bad", N_("This computer is in no network."), JOIN)
    chosen = look_up(config.data, CHOSEN)
    if config.address or chosen in [one.ip for one in found]:
        return _decided(config.address or str(chosen), found)
    return _found([one.ip for one in found if one.likely], found)


def _decided(address: str, found: list[network.Address]) -> Finding:
    """Judge an address that somebody wrote into kiosk.toml, or chose."""
    values = {"address": address, "addresses": _listed(found)}
    if _is_number(address) and not network.is_own(address):
        return Finding(
            "addresses", "warn",
            N_("The QR codes lead to %(address)s, but this computer has another address now: "
               "%(addresses)s."),
            N_("Please take the setting “address” out of kiosk.toml; the kiosk then finds its "
               "address by itself."),
            values,
        )  # fmt: skip
    return Finding("addresses", "good", N_("The QR codes lead to %(address)s."), values=values)


def _found(likely: list[str], found: list[network.Address]) -> Finding:
    """Judge the addresses that this computer has."""
    values = {"address": next(iter(likely), ""), "addresses": _listed(found)}
    if not likely:
        text = N_("This computer is only in networks that phones can hardly join: %(addresses)s.")
        return Finding("addresses", "warn", text, JOIN, values)
    if len(likely) > 1:
        return Finding(
            "addresses", "warn",
            N_("This computer is in several networks: %(addresses)s. The QR codes lead to "
               "%(address)s."),
            N_("Please try a QR code with one phone. If no page opens, leave the other network, "
               "or choose another of these addresses on the staff pages."),
            values | {"addresses": ", ".join(likely)},
        )  # fmt: skip
    text = N_("Tablets and phones reach this computer at %(address)s.")
    return Finding("addresses", "good", text, values=values)


def port(config: Config) -> Finding:
    """Check that the kiosk can start: its port is free, or it is the kiosk that has it."""
    values: dict[str, object] = {"port": config.port, "other": network.other_port(config.port)}
    here = network.within_reach(config.host)
    if network.answers(here, config.port, PATIENCE_SECONDS):
        if not _is_kiosk(here, config.port):
            return _taken(values)
        text = N_("The kiosk is already running, on port %(port)s.")
        return Finding("port", "good", text, values=values)
    try:
        network.listen_briefly(config.host, config.port)
    except PermissionError:
        return Finding(
            "port", "bad",
            N_("This computer does not let the kiosk use port %(port)s."),
            N_("Please start the kiosk with another port: --port %(other)s"),
            values,
        )  # fmt: skip
    except OSError as problem:
        return _taken(values) if problem.errno == errno.EADDRINUSE else _elsewhere(config.host)
    return Finding("port", "good", N_("Port %(port)s is free."), values=values)


def firewall(config: Config) -> Finding:
    """Check that the running kiosk answers at the address that phones use."""
    here = config.host
    if config.host == network.EVERYWHERE:
        here = next((one.ip for one in network.addresses() if one.likely), network.LOOPBACK)
    values: dict[str, object] = {"address": here, "port": config.port}
    if network.answers(here, config.port, PATIENCE_SECONDS):
        text = N_("The kiosk answers at %(address)s, port %(port)s.")
        return Finding("firewall", "good", text, values=values)
    return Finding(
        "firewall", "warn",
        N_("The kiosk is running, but does not answer at %(address)s, port %(port)s."),
        N_("Probably the firewall of this computer keeps tablets and phones out. Please allow the "
           "kiosk (Python) in the settings of the firewall, for private and for public networks."),
        values,
    )  # fmt: skip


def _taken(values: dict[str, object]) -> Finding:
    return Finding(
        "port", "bad",
        N_("Another program already uses port %(port)s."),
        N_("Please close that program, or start the kiosk with another port: --port %(other)s"),
        values,
    )  # fmt: skip


def _elsewhere(host: str) -> Finding:
    return Finding(
        "port", "bad",
        N_("The kiosk is set to answer at %(host)s, which is no address of this computer."),
        N_("Please take the setting “host” out of kiosk.toml, or start the kiosk without --host."),
        {"host": host},
    )  # fmt: skip


def _listed(found: list[network.Address]) -> str:
    return ", ".join(one.ip for one in found)


def _is_loopback(host: str) -> bool:
    return host == "localhost" or host.startswith("127.")


def _is_number(address: str) -> bool:
    try:
        IPv4Address(address)
    except ValueError:
        return False
    return True


def _is_kiosk(host: str, port: int) -> bool:
    """Ask who answers there; a kiosk says just "ok" to scripts."""
    connection = HTTPConnection(host, port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().read(16) == b"ok\n"
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
