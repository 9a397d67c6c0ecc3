"""RFC 9110 9.3.2: the same status and headers, no body."""


def test_it(http):
    get = http.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    head = http.send(b"HEAD /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    assert head.status == get.status == 200
    assert head.data.endswith(b"\r\n\r\n")
    for name in ("Content-Length", "Content-Type"):
        assert head.header(name) == get.header(name)
