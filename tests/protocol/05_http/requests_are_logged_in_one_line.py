"""Method, path, status; controls and quotes in a path cannot make a second line; no query."""
import time


def test_it(http):
    http.send(b"GET /no\"where%0Ax?hidden-word=1 HTTP/1.1\r\nHost: a\r\n\r\n")
    http.send(b"GET /log-\"me\" HTTP/1.1\r\nHost: a\r\nAuthorization: Basic bWFsbG9yeTpoaWRkZW4td29yZA==\r\n\r\n")
    time.sleep(0.1)
    lines = [line for line in http.lines().splitlines() if " request " in line and "log-" in line]
    assert len(lines) == 1
    assert " request method=GET " in lines[0] and " status=401 " in lines[0]
    assert "hidden-word" not in http.lines() and "eTpoaWRkZW4t" not in http.lines()
