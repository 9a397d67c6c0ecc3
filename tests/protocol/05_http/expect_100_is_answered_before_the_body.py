"""RFC 9110 10.1.1: 100 when the body is wanted, the refusal itself when it is not, 417 for the rest."""


def test_wanted(http):
    with http.connect() as sock:
        sock.sendall(b"PUT /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        assert http.read(sock).statuses == [100]
        sock.sendall(b"abc")
        assert http.read(sock).status == 405


def test_not_wanted(http):
    answer = http.send(b"PUT /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n")
    assert answer.statuses == [413]
    assert answer.closed


def test_unknown(http):
    answer = http.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\nExpect: 200-maybe\r\n\r\n")
    assert answer.status == 417
