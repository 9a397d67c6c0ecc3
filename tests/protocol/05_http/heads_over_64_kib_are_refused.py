"""Some clients' If and Cookie headers are long; without end none is."""


def test_long(http):
    assert http.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\nIf: " + b"a" * 40000 + b"\r\n\r\n").status == 200


def test_too_long(http):
    answer = http.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\nIf: " + b"a" * 80000 + b"\r\n\r\n")
    assert answer.status in (413, 431, None)
    assert answer.closed


def test_too_many(http):
    answer = http.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\n" + b"X: 1\r\n" * 20000 + b"\r\n")
    assert answer.status in (413, 431, None)
    assert answer.closed


def test_long_target(http):
    answer = http.send(b"GET /" + b"a" * 80000 + b" HTTP/1.1\r\nHost: a\r\n\r\n")
    assert answer.status in (414, 431, None)
    assert answer.closed
