"""A network line to a real server that can be cut at any byte, as Wi-Fi in a library is."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

PIECE = 16 * 1024


class Line:
    """Listens on `port` and passes everything on to a server, until told to cut.

    `plan` is asked at each new connection how many bytes may go to the server before the line is
    cut in both directions; None lets all pass. `on_cut` is called just before.
    """

    def __init__(self, to_port: int, plan: Callable[[], int | None] = lambda: None) -> None:
        self.plan, self._to_port = plan, to_port
        self._ear = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._ear.getsockname()[1])
        self.connections, self.cuts = 0, 0
        self.on_cut: Callable[[], None] = lambda: None
        self._open: list[socket.socket] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def cut_next(self, after: int, *, times: int = 1) -> None:
        """Cut the next connections after so many bytes from the client; then let all pass."""
        left = [after] * times
        self.plan = lambda: left.pop() if left else None

    def close(self) -> None:
        """Take no more connections and end those there are."""
        self._ear.close()
        for one in self._open:
            _reset(one)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._ear.accept()
            except OSError:
                return
            self.connections += 1
            try:
                server = socket.create_connection(("127.0.0.1", self._to_port), timeout=30)
            except OSError:
                _reset(client)
                continue
            self._open += [client, server]
            for arguments in ((client, server, self.plan()), (server, client, None)):
                threading.Thread(target=self._pass_on, args=arguments, daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, left: int | None) -> None:
        with suppress(OSError):
            while data := source.recv(PIECE if left is None else min(PIECE, max(left, 1))):
                if left is not None and len(data) >= left:
                    sink.sendall(data[:left])
                    self.on_cut()
                    self.cuts += 1
                    _reset(source)
                    _reset(sink)
                    return
                sink.sendall(data)
                left = None if left is None else left - len(data)
            sink.shutdown(socket.SHUT_WR)
            return
        _reset(source)
        _reset(sink)


def _reset(one: socket.socket) -> None:
    """End a connection the hard way: the other side gets a reset, not a polite goodbye."""
    with suppress(OSError):
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        one.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        one.close()
