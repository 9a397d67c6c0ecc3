"""HTTP/1.0: no Host is needed, no chunks are sent, and the connection ends unless it was asked to stay."""
import base64

LOGIN = b"Authorization: Basic " + base64.b64encode(b"nobody:x") + b"\r\n"


def test_no_host_is_needed_and_the_connection_ends(http):
    answer = http.send(b"GET /healthz HTTP/1.0\r\n\r\n")
    assert answer.status == 200 and answer.closed


def test_it_stays_when_asked(http):
    answer = http.send(b"GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" * 2, wait=1)
    assert answer.statuses == [200, 200] and answer.header("Connection").lower() == "keep-alive"


def test_chunks_are_for_1_1(http):
    answer = http.send(b"PUT /healthz HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n")
    assert answer.status == 400 and answer.closed


def test_nobody_is_told_to_continue(http):
    answer = http.send(b"PUT /calendars/a HTTP/1.0\r\n" + LOGIN + b"Expect: 100-continue\r\nContent-Length: 1\r\n\r\na")
    assert 100 not in answer.statuses and answer.status == 401


def test_higher_minor_versions_are_1_1(http):
    assert http.send(b"GET /healthz HTTP/1.2\r\nHost: a\r\n\r\n").status == 200
    assert http.send(b"GET /healthz HTTP/2.0\r\nHost: a\r\n\r\n").status == 505
