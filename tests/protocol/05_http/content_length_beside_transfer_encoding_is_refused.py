"""RFC 9112 6.1: both together is how a request is smuggled past a proxy. Nothing behind it is read."""


def test_it(http):
    answer = http.send(b"PUT /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n"
                       b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    assert answer.statuses == [400]
    assert answer.closed
    assert answer.header("Connection") == "close"
