"""Shutting down the sending side after the request is how some tools say that they are done."""
import signal
import socket
import time

import pytest

WHOLE = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
# Sooner than limits.idle ends the connection, which is 3 here and 30 there.
SOON = 2.5


def test_it(http):
    answer = http.send(WHOLE, end=True, wait=SOON)
    assert answer.status == 200
    assert answer.closed


def test_half_a_request_is_no_request(http):
    answer = http.send(b"PUT /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc", end=True, wait=SOON)
    assert answer.status is None
    assert answer.closed


@pytest.mark.parametrize("request_, status", [
    (WHOLE, 200),
    (WHOLE + WHOLE, 200),
    (b"PUT /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc", None),
    (b"GET /healthz HTTP/1.1\r\nHo", None),
    (b"", None),
])
def test_an_end_that_comes_with_the_request_is_seen(own_server, request_, status):
    server = own_server("--set", "limits.idle=30", "--set", "limits.header_time=30")
    for connected_before in (True, False):
        sock = server.connect() if connected_before else None
        time.sleep(0.1)
        # What comes while the server is stopped is there all at once when it goes on.
        server.process.send_signal(signal.SIGSTOP)
        try:
            sock = sock or server.connect()
            sock.sendall(request_)
            sock.shutdown(socket.SHUT_WR)
            time.sleep(0.05)
        finally:
            server.process.send_signal(signal.SIGCONT)
        with sock:
            begun = time.monotonic()
            answer = server.read(sock, wait=10)
            assert answer.closed, answer
            assert answer.status == status
            assert len(answer.statuses) == request_.count(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            assert time.monotonic() - begun < 10
