"""This machine's place in the network: the IPv4 addresses at which phones may reach it."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, ip_address
from typing import Literal

import ifaddr

LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"  # noqa: S104 - a comparison; nothing listens here
PRIVATE = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))  # RFC 1918
CARRIER = IPv4Network("100.64.0.0/10")  # behind a provider's or Tailscale's translation, RFC 6598
HOTSPOTS: dict[Literal["windows", "iphone"], IPv4Network] = {
    "windows": IPv4Network("192.168.137.0/24"),
    "iphone": IPv4Network("172.20.10.0/24"),
}
# Networks inside this machine, for virtual machines and containers. The Windows hotspot's
# "Microsoft Wi-Fi Direct Virtual Adapter" is none of them.
INSIDE = re.compile(
    r"^(docker|br-|veth|virbr|vmnet|vboxnet)|vethernet|virtualbox|vmware|hyper-v|\bwsl\b", re.I
)
# Ways to somewhere else: what is at the other end is not in the room.
TUNNEL = re.compile(r"^(tun|tap|wg|utun|ppp|tailscale|zt\w{8,}$)|wireguard|zerotier", re.I)


@dataclass(frozen=True)
class Address:
    """An IPv4 address of this machine; `likely` if phones in the room can probably reach it."""

    ip: str
    interface: str
    likely: bool


@dataclass(frozen=True)
class Reported:
    """An address as the system reports it; `prefix` is its network's length in bits."""

    ip: str
    prefix: int
    names: tuple[str, ...]


def addresses() -> list[Address]:
    """Return the addresses that phones could use, the most likely first; none without a network."""
    way_out = _way_out()
    found = ordered(_reported(), way_out)
    # Where the system hides its interfaces, as Android does, the way out is all there is to know.
    return found or ([Address(way_out, "", likely=True)] if way_out else [])


def ordered(reported: Iterable[Reported], way_out: str | None) -> list[Address]:
    """Sort what the system reports: the way out, private addresses, others, and unlikely ones."""
    reachable = [one for one in reported if _is_ipv4_beyond_the_link(one.ip)]
    reachable.sort(
        key=lambda one: (
            not _is_likely(one, way_out),
            one.ip != way_out,
            not any(IPv4Address(one.ip) in network for network in PRIVATE),
        )
    )
    return [Address(one.ip, one.names[0], _is_likely(one, way_out)) for one in reachable]


def is_own(ip: str) -> bool:
    """Tell whether an address, IPv4 or IPv6, is the loopback or one of this machine's own."""
    try:
        wanted = ip_address(ip)
    except ValueError:
        return False
    return wanted.is_loopback or any(ip_address(one.ip) == wanted for one in _reported())


def answers(ip: str, port: int, timeout: float = 1.0) -> bool:
    """Tell whether something accepts a TCP connection there, within `timeout` seconds."""
    try:
        socket.create_connection((ip, port), timeout).close()
    except OSError:
        return False
    return True


def within_reach(host: str) -> str:
    """Return the address at which this machine itself meets what listens at `host`."""
    return LOOPBACK if host == EVERYWHERE else host


def listen_briefly(host: str, port: int) -> None:
    """Take a port for a moment. Raises OSError if this machine does not allow it."""
    first = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    family, kind, protocol, _, place = first
    with socket.socket(family, kind, protocol) as probe:
        if os.name == "posix":  # elsewhere this would let two programs share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(place)


def other_port(port: int) -> int:
    """Return another port to try; those below 1024 are the system's own."""
    return port + 1 if 1024 <= port < 65_535 else 8080


def hotspot(ip: str) -> Literal["windows", "iphone"] | None:
    """Tell whose hotspot an address belongs to, as far as its number shows that."""
    if not _is_ipv4_beyond_the_link(ip):
        return None
    return next((name for name, network in HOTSPOTS.items() if IPv4Address(ip) in network), None)


def _way_out() -> str | None:
    """Return the address of this machine's way out, None if there is no way.

    Nothing is sent: a datagram socket only asks the system which way it would take.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return None


def _reported() -> list[Reported]:
    """Return all addresses of all interfaces, IPv6 too; none if the system does not tell."""
    try:
        adapters = ifaddr.get_adapters()
    except OSError:
        return []
    return [
        Reported(
            ip=ip.ip if isinstance(ip.ip, str) else ip.ip[0],
            prefix=ip.network_prefix,
            names=(ip.nice_name, adapter.nice_name, adapter.name),
        )
        for adapter in adapters
        for ip in adapter.ips
    ]


def _is_ipv4_beyond_the_link(ip: str) -> bool:
    try:
        address = IPv4Address(ip)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_link_local or address.is_unspecified)


def _is_likely(one: Reported, way_out: str | None) -> bool:
    if one.prefix == 32 or IPv4Address(one.ip) in CARRIER or _is_named(TUNNEL, one):
        return False
    # A virtual switch that holds the way out is joined to the real network card.
    return one.ip == way_out or not _is_named(INSIDE, one)


def _is_named(pattern: re.Pattern[str], one: Reported) -> bool:
    return any(pattern.search(name) for name in one.names)
