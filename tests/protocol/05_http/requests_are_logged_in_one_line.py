"""Method, path, status; controls and quotes in a path cannot make a second line; no query."""
import time


def test_it(http):
    http.send(b"GET /no\"where%0Ax?secret=1 HTTP/1.1\r\nHost: a\r\n\r\n")
    http.send(b"GET /log-\"me\" HTTP/1.1\r\nHost: a\r\nAuthorization: Basic c2VjcmV0OnNlY3JldA==\r\n\r\n")
    time.sleep(0.1)
    lines = [line for line in http.lines().splitlines() if "log-" in line]
    assert len(lines) == 1
    assert " request method=GET " in lines[0] and " status=401 " in lines[0]
    assert "secret" not in http.lines() and "c2VjcmV0" not in http.lines()
