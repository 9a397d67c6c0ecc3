"""RFC 9110 8.4: a content coding that is not taken is 415, before the body."""


def test_it(http):
    answer = http.send(b"PUT /healthz HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc")
    assert answer.status == 415
