"""`Content-Length : 5` is another header to the library, and the same one to some proxies."""
import pytest


@pytest.mark.parametrize("line", [b"Content-Length : 4", b"X Y: 1", b"X(: 1", b"X\x01: 1", b"\xffX: 1"])
def test_it(http, line):
    answer = http.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\n" + line + b"\r\n\r\n")
    assert answer.status == 400
    assert answer.closed
