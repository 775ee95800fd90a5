"""Which address goes into the QR code: one that a phone in the room can reach."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator

import ifaddr
import pytest

from kiosk import network
from kiosk.network import Address, Reported, ordered

WIFI = Reported("192.168.1.20", 24, ("wlan0",))
CABLE = Reported("10.0.0.7", 8, ("eth0",))
STRANGER = "203.0.113.9"


def ips(found: list[Address], *, likely: bool = True) -> list[str]:
    return [address.ip for address in found if address.likely is likely]


def named(*names: str, ip: str = "172.17.0.1", prefix: int = 16) -> Reported:
    return Reported(ip, prefix, names)


@pytest.fixture
def port() -> Iterator[int]:
    """A port at which a program listens, everywhere on this machine."""
    with socket.create_server(("", 0)) as listening:
        yield int(listening.getsockname()[1])


def test_the_way_out_comes_first_then_private_addresses_then_others() -> None:
    public = Reported("198.51.100.4", 24, ("eth1",))
    assert ips(ordered([public, WIFI, CABLE], "10.0.0.7")) == [CABLE.ip, WIFI.ip, public.ip]
    assert ips(ordered([public, WIFI, CABLE], None)) == [WIFI.ip, CABLE.ip, public.ip]


def test_a_public_address_comes_first_if_it_is_the_way_out() -> None:
    public = Reported("198.51.100.4", 24, ("eth1",))
    assert ips(ordered([WIFI, public], public.ip)) == [public.ip, WIFI.ip]


def test_no_phone_can_use_the_loopback_the_link_local_or_an_ipv6_address() -> None:
    useless = [
        named("lo", ip="127.0.0.1", prefix=8), named("wlan0", ip="169.254.7.7"),
        named("lo", ip="::1", prefix=128), named("wlan0", ip="fe80::1", prefix=64),
        named("eth0", ip="0.0.0.0", prefix=0),  # noqa: S104 - nothing listens here
    ]  # fmt: skip
    assert ordered(useless, None) == []
    assert ips(ordered([*useless, WIFI], None)) == [WIFI.ip]


@pytest.mark.parametrize(
    "names",
    [
        ("docker0",), ("br-3f9a",), ("veth12ab",), ("virbr0",), ("vmnet8",), ("vboxnet0",),
        ("vEthernet (Default Switch)", "Hyper-V Virtual Ethernet Adapter"), ("vEthernet (WSL)",),
        ("Ethernet 3", "VirtualBox Host-Only Ethernet Adapter", "{846EE342}"),
        ("Ethernet 4", "VMware Virtual Ethernet Adapter for VMnet1", "{846EE343}"),
        ("tun0",), ("tap0",), ("wg0",), ("utun3",), ("ppp0",), ("ztrta7qtbo",), ("tailscale0",),
        ("Ethernet 5", "TAP-Windows Adapter V9", "{846EE344}"), ("Office", "WireGuard Tunnel"),
    ],
    ids=lambda names: names[0],
)  # fmt: skip
def test_networks_inside_the_machine_and_tunnels_come_last(names: tuple[str, ...]) -> None:
    found = ordered([named(*names), WIFI], None)
    assert [address.ip for address in found] == [WIFI.ip, "172.17.0.1"]
    assert ips(found) == [WIFI.ip]


@pytest.mark.parametrize(
    "names",
    [
        ("eth0",), ("wlp3s0",), ("en0",), ("br0",), ("bridge100",), ("wlx00c0ca",),
        ("Wi-Fi", "Intel(R) Wi-Fi 6 AX201"), ("Mobile", "ZTE Mobile Broadband Device"),
        ("Local Area Connection* 10", "Microsoft Wi-Fi Direct Virtual Adapter #2"),
    ],
    ids=lambda names: names[-1],
)  # fmt: skip
def test_cards_bridges_and_the_windows_hotspot_are_likely(names: tuple[str, ...]) -> None:
    assert ips(ordered([named(*names)], None)) == ["172.17.0.1"]


def test_a_carriers_or_a_single_address_leads_to_nobody_in_the_room() -> None:
    carrier, single = named("eth1", ip="100.100.1.2", prefix=10), named("eth2", prefix=32)
    assert ips(ordered([carrier, single], carrier.ip), likely=False) == [carrier.ip, single.ip]


def test_a_virtual_switch_counts_if_it_holds_the_way_out_and_a_tunnel_never_does() -> None:
    switch = named("vEthernet (External)", "Hyper-V Virtual Ethernet Adapter", ip="192.168.1.9")
    assert ips(ordered([switch], switch.ip)) == [switch.ip]
    tunnel = named("tun0", ip="10.8.0.2", prefix=24)
    assert [one.ip for one in ordered([tunnel, WIFI], tunnel.ip)] == [WIFI.ip, tunnel.ip]
    assert ips(ordered([tunnel], tunnel.ip)) == []


def test_an_address_bears_the_name_by_which_people_know_the_interface() -> None:
    wifi = named("Wi-Fi", "Intel(R) Wi-Fi 6 AX201", "{846EE342}", ip="192.168.1.20", prefix=24)
    assert ordered([wifi], None) == [Address("192.168.1.20", "Wi-Fi", likely=True)]


def test_every_address_found_on_this_machine_is_its_own() -> None:
    for address in network.addresses():
        assert network.is_own(address.ip)
        with socket.socket() as probe:
            probe.bind((address.ip, 0))


@pytest.mark.parametrize("ip", ["127.0.0.1", "127.8.8.8", "::1"])
def test_the_loopback_is_this_machines_own(ip: str) -> None:
    assert network.is_own(ip)


@pytest.mark.parametrize(
    "ip", [STRANGER, "2001:db8::1", "", "kiosk.local", "127.0.0.1.x", "0x7f.1"]
)
def test_a_stranger_or_nonsense_is_not_this_machines_own(ip: str) -> None:
    assert not network.is_own(ip)


def test_addresses_inside_the_machine_are_its_own_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_reported", lambda: [named("docker0"), named("e", ip="fd00::2")])
    assert network.is_own("172.17.0.1")
    assert network.is_own("fd00:0::2")
    assert not network.is_own("172.17.0.2")


def test_without_a_network_there_is_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_way_out", lambda: None)
    monkeypatch.setattr(network, "_reported", lambda: [named("lo", ip="127.0.0.1")])
    assert network.addresses() == []


def test_where_the_system_hides_its_interfaces_the_way_out_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuses() -> None:
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(ifaddr, "get_adapters", refuses)
    monkeypatch.setattr(network, "_way_out", lambda: "192.168.1.20")
    assert network.addresses() == [Address("192.168.1.20", "", likely=True)]
    assert not network.is_own(STRANGER)
    assert network.is_own("127.0.0.1")


def test_who_listens_answers(port: int) -> None:
    assert network.answers("127.0.0.1", port)


def test_who_never_answers_is_not_waited_for_long() -> None:
    with contextlib.ExitStack() as crowd, socket.create_server(("127.0.0.1", 0), backlog=0) as busy:
        for _ in range(4):
            waiting = crowd.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(busy.getsockname())
        begun = time.monotonic()
        assert not network.answers("127.0.0.1", busy.getsockname()[1], timeout=0.2)
        assert time.monotonic() - begun < 2


def test_a_free_port_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert not network.answers("127.0.0.1", port)


@pytest.mark.parametrize(
    ("ip", "whose"),
    [
        ("192.168.137.1", "windows"), ("172.20.10.2", "iphone"), ("192.168.1.20", None),
        ("172.20.11.2", None), ("kiosk.local", None), ("", None), ("127.0.0.1", None),
    ],
)  # fmt: skip
def test_a_hotspot_is_known_by_its_number(ip: str, whose: str | None) -> None:
    assert network.hotspot(ip) == whose
