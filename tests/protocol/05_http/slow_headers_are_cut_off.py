"""A byte now and then keeps the library's idle timeout from firing; our own deadline fires."""
import time


def drip(http, start, limit):
    began = time.monotonic()
    with http.connect() as sock:
        sock.sendall(start)
        try:
            while time.monotonic() - began < limit + 6:
                time.sleep(0.5)
                sock.sendall(b"a")
        except OSError:
            pass
        took = time.monotonic() - began
        assert http.read(sock, 0.1).status is None
    return took


def test_in_the_head(http):
    assert 1.5 < drip(http, b"GET /healthz HTTP/1.1\r\nHost: a\r\nX: ", 2) < 6


def test_in_the_request_line(http):
    assert 1.5 < drip(http, b"GET /", 2) < 6


def test_others_are_served_meanwhile(http):
    with http.connect() as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nX: ")
        for _ in range(20):
            assert http.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").status == 200
