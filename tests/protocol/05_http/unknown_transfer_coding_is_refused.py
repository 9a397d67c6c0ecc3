"""The library would wait for ever for the end of a body in a coding it does not know."""
import pytest


@pytest.mark.parametrize("coding", [b"xchunked", b"gzip", b"identity, chunked", b"chunked, chunked",
                                    b"gzip, chunked", b"\x0bchunked"])
def test_it(http, coding):
    answer = http.send(b"PUT /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: " + coding +
                       b"\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    assert answer.statuses in ([501], [400])
    assert answer.closed


def test_twice(http):
    answer = http.send(b"PUT /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                       b"Transfer-Encoding: identity\r\n\r\n0\r\n\r\n")
    assert answer.statuses == [400]
    assert answer.closed
