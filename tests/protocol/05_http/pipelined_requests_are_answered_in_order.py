"""RFC 9112 9.3.2"""


def test_it(http):
    one = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
    two = b"PUT /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
    three = b"GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    answer = http.send(one + two + one + three)
    assert answer.statuses == [200, 405, 200, 401]
    assert answer.closed
