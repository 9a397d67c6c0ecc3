"""Chunk extensions and trailers without end are cut off, and others are served meanwhile."""
import pytest

HEAD = b"PUT /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
FLOODS = {
    "extension": HEAD + b"1;" + b"x=y;" * 100000 + b"\r\na\r\n0\r\n\r\n",
    "extensions": HEAD + (b"1;" + b"x" * 1000 + b"\r\na\r\n") * 1000 + b"0\r\n\r\n",
    "trailers": HEAD + b"1\r\na\r\n0\r\n" + b"X-A: 1\r\n" * 100000 + b"\r\n",
    "zeros": HEAD + b"0" * 100000 + b"1\r\na\r\n0\r\n\r\n",
    "tiny": HEAD + b"1\r\na\r\n" * 100000 + b"0\r\n\r\n",
}


@pytest.mark.parametrize("what", FLOODS)
def test_it(http, what):
    answer = http.send(FLOODS[what])
    assert answer.closed or answer.status
    assert answer.status is None or 400 <= answer.status < 600
    assert http.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").status == 200
