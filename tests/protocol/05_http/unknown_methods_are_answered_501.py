"""RFC 9110 9.1: methods are case-sensitive; what we do not know is not implemented."""
import pytest


@pytest.mark.parametrize("method", [b"get", b"TRACE", b"CONNECT", b"BREW", b"G\x01T", b"X" * 1000])
def test_it(http, method):
    answer = http.send(method + b" /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    assert answer.status in (501, 400)
