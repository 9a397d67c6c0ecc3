"""RFC 9112 5.2: a server refuses obs-fold. The library would glue the second line to the header's name."""
import pytest


@pytest.mark.parametrize("line", [b"X: 1\r\n 2", b"X: 1\r\n\t2", b"X:\r\n 2", b"Transfer-Encodin: chunked\r\n g",
                                  b"Content-Length: 3 \r\n 5", b"X: " + b"a" * 5000 + b"\r\n " + b"b" * 5000])
def test_it(http, line):
    answer = http.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\n" + line + b"\r\nY: 1\r\n\r\n")
    assert answer.status == 400
    assert answer.closed
