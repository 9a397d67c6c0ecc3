"""RFC 9112 3.2: no Host, two, or one that is no name: 400. HTTP/1.0 may do without."""
import pytest


@pytest.mark.parametrize("hosts", [b"", b"Host: a\r\nHost: b\r\n", b"Host: a\r\nHost: a\r\n", b"Host: a b\r\n",
                                   b"Host: a/b\r\n", b"Host: x@a\r\n"])
def test_refused(http, hosts):
    answer = http.send(b"GET /healthz HTTP/1.1\r\n" + hosts + b"\r\n")
    assert answer.status == 400
    assert answer.closed


def test_http_1_0_without_host(http):
    assert http.send(b"GET /healthz HTTP/1.0\r\n\r\n").status == 200
