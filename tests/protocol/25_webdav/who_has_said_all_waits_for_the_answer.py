"""A client that shuts its sending side behind the request gets its answer, however long that is in the making."""
import base64
import socket

import pytest
from dav import event

AUTH = base64.b64encode(b"ann:ann-secret")


def said(server, method, path, body=b"", auth=AUTH):
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {auth.decode()}\r\n{length}\r\n".encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as sock:
        sock.sendall(head + body)
        sock.shutdown(socket.SHUT_WR)
        got = b""
        while piece := sock.recv(65536):
            got += piece
    return got.split(b" ")[1:2]


@pytest.fixture
def others(server):
    """Connections that rest on each of the server's threads."""
    resting = [server.client("ann") for _ in range(4)]
    for one in resting:
        assert one("GET", "/calendars/ann/").status == 200
    return resting


def test_writes(server, others, calendar):
    for i in range(40):
        assert said(server, "PUT", f"{calendar}{i}.ics", event(f"half-{i}").encode()) == [b"201"], i
    for i in range(40):
        assert said(server, "DELETE", f"{calendar}{i}.ics") == [b"204"], i


def test_slow_reads(server, ann, others):
    assert ann("PUT", "/files/ann/half.bin", b"x" * 300000).status in (201, 204)
    for i in range(40):
        assert said(server, "HEAD", "/files/ann/half.bin") == [b"200"], i
        assert said(server, "GET", "/calendars/ann/calendar/?export") == [b"200"], i


def test_passwords_that_have_to_be_hashed(server, others):
    for i in range(4):
        wrong = base64.b64encode(b"nobody-%d:secret" % i)
        assert said(server, "GET", "/calendars/ann/", auth=wrong) in ([b"401"], [b"429"]), i
