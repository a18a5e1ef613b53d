"""A proxy on loopback that loses replies after the server has done its work."""

import http.client
import random
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from tests.support.live import free_port

_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class LossyProxy:
    """Hands requests on and drops a share of the replies of unsafe requests; `dropped` counts them."""

    def __init__(self, target: int, share: float, dice: random.Random) -> None:
        self.port = free_port()
        self.dropped = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), self._handler(target, share, dice))
        self._server.daemon_threads = True

    def __enter__(self) -> Self:
        """Listen until the block ends."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def _handler(self, target: int, share: float, dice: random.Random) -> type[BaseHTTPRequestHandler]:
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _hand_on(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                line = http.client.HTTPConnection("127.0.0.1", target, timeout=30)
                line.request(self.command, self.path, body, dict(self.headers))
                reply = line.getresponse()
                content = reply.read()
                line.close()
                if dice.random() < share:
                    proxy.dropped += 1
                    self.close_connection = True
                    return
                self.send_response_only(reply.status)
                for name, value in reply.getheaders():
                    if name.lower() not in _HOP:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        for method in ("GET", "POST", "PUT"):
            setattr(Handler, f"do_{method}", Handler._hand_on)  # the names that the base class looks for
        return Handler
