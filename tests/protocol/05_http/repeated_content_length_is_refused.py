"""Two lengths, equal or not, are read differently by different servers."""
import pytest


@pytest.mark.parametrize("lengths", [b"Content-Length: 4\r\nContent-Length: 5\r\n",
                                     b"Content-Length: 4\r\nContent-Length: 4\r\n",
                                     b"Content-Length: 4, 4\r\n", b"Content-Length: +4\r\n",
                                     b"Content-Length: 0x4\r\n", b"Content-Length: 4 \r\n 5\r\n",
                                     b"Content-Length: -4\r\n"])
def test_it(http, lengths):
    answer = http.send(b"PUT /healthz HTTP/1.1\r\nHost: a\r\n" + lengths +
                       b"\r\nabcdGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    assert set(answer.statuses) == {400}
    assert answer.closed
