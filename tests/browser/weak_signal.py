"""A way to the server that fails as a weak signal does: nothing goes through, or the answer is lost on the way back."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

OWN = {"connection", "keep-alive", "transfer-encoding"}


class Signal(ThreadingHTTPServer):
    """Stands between browser and server; counts which entries went through."""

    daemon_threads = True

    def __init__(self, address: str) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.beyond = urlsplit(address).netloc
        self.losing = False
        self.entries: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that was killed hears nothing more."""


class Passing(BaseHTTPRequestHandler):
    """Passes a request on, and its answer back unless that is to be lost."""

    server: Signal
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        beyond = HTTPConnection(self.server.beyond, timeout=60)
        beyond.request(self.command, self.path, self.rfile.read(size), dict(self.headers))
        answer = beyond.getresponse()
        content = answer.read()
        beyond.close()
        if "X-Lumbung-Entry" in self.headers:
            self.server.entries.append(self.path)
            if self.server.losing:
                self.close_connection = True
                return
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in OWN | {"content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_POST = do_HEAD = do_GET

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@contextmanager
def weak_signal(address: str) -> Iterator[Signal]:
    signal = Signal(address)
    Thread(target=signal.serve_forever, daemon=True).start()
    try:
        yield signal
    finally:
        signal.shutdown()
        signal.server_close()
