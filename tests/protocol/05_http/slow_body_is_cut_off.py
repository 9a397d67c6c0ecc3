"""A body that drips more slowly than limits.body_rate ends in 408 or a closed connection; a whole minute of
patience would let a few clients hold all connections."""
import time


def test_it(own_server):
    server = own_server("--set", "limits.body_rate=100")
    began = time.monotonic()
    with server.connect() as sock:
        sock.sendall(b"PUT /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n")
        try:
            while time.monotonic() - began < 40:
                time.sleep(0.5)
                sock.sendall(b"a")
        except OSError:
            pass
        assert 18 < time.monotonic() - began < 30
        assert server.read(sock, 0.1).status in (408, None)
