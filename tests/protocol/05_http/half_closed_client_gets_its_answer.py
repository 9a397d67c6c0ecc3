"""Shutting down the sending side after the request is how some tools say that they are done."""


def test_it(http):
    answer = http.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", end=True)
    assert answer.status == 200
    assert answer.closed


def test_half_a_request_is_no_request(http):
    answer = http.send(b"PUT /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc", end=True)
    assert answer.status is None
    assert answer.closed
