"""Sizes that are no hexadecimal numbers, too large, negative."""
import pytest


HEAD = b"PUT /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize("chunk", [b"zz\r\n", b"-1\r\n", b"ffffffffffffffffff\r\n", b"0x5\r\nabcde\r\n", b"\r\n",
                                   b"3\r\nabcdef\r\n"])
def test_it(http, chunk):
    answer = http.send(HEAD + chunk + b"0\r\n\r\n")
    assert answer.status in (400, 413)
    assert answer.closed
