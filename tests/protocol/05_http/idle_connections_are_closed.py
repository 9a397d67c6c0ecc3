"""After limits.idle, before or after a request."""
import time


def test_it(http):
    began = time.monotonic()
    with http.connect() as sock:
        sock.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        assert http.read(sock).status == 200
        sock.settimeout(10)
        assert sock.recv(1) == b""
    assert 2 < time.monotonic() - began < 8
