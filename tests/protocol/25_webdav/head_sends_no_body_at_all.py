"""RFC 9110 9.3.2: whatever GET answers, HEAD answers its headers and not one byte behind them; RFC 9110 8.6 for 304."""
import base64
import re
import socket

import pytest
from dav import card, event

HEADERS = (b"ETag", b"Content-Type", b"Last-Modified", b"Accept-Ranges", b"Content-Disposition", b"Vary", b"Location")


def exchange(server, *requests):
    """The answers to requests on one connection, as they came."""
    auth = base64.b64encode(b"ann:ann-secret")
    sent = b"".join(b"%s\r\nHost: x\r\nAuthorization: Basic %s\r\n%s\r\n" % (
        line.encode() + b" HTTP/1.1", auth, b"".join(h.encode() + b"\r\n" for h in headers)) for line, *headers in requests)
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as sock:
        sock.sendall(sent)
        sock.shutdown(socket.SHUT_WR)
        got = b""
        while piece := sock.recv(65536):
            got += piece
    return got


def header(head, name):
    found = re.search(rb"\r\n" + name + rb": ([^\r]*)", head, re.I)
    return found and found.group(1)


@pytest.fixture
def things(ann, calendar):
    assert ann.put_event(calendar + "a.ics", event()).status == 201
    assert ann.put_card("/addressbooks/ann/contacts/head.vcf", card(uid="head")).status in (201, 204)
    assert ann("PUT", "/files/ann/head.txt", b"x" * 300000, Content_Type="text/plain").status in (201, 204)
    return calendar


def test_head_is_get_without_it(server, ann, things):
    for path in ("/", "/principals/", "/principals/users/ann/", "/calendars/", "/calendars/ann/", things, things + "?export",
                 things + "a.ics", "/addressbooks/ann/contacts/", "/addressbooks/ann/contacts/?export",
                 "/addressbooks/ann/contacts/head.vcf", "/files/ann/", "/files/ann/head.txt", "/.well-known/caldav",
                 "/nothing/here", things + "nothing.ics"):
        got = exchange(server, (f"GET {path}", "Connection: close")).partition(b"\r\n\r\n")[0]
        head, end, body = exchange(server, (f"HEAD {path}", "Connection: close")).partition(b"\r\n\r\n")
        assert (end, body) == (b"\r\n\r\n", b""), (path, body[:80])
        assert head.split(b"\r\n")[0] == got.split(b"\r\n")[0], path
        for name in HEADERS:
            assert header(head, name) == header(got, name), (path, name)
        assert header(head, b"Content-Length") == str(len(ann("GET", path, Accept_Encoding="identity").body)).encode(), path


def test_the_length_is_that_of_what_get_sends_packed_too(ann, things):
    for i in range(250):
        assert ann.put_event(f"{things}{i}.ics", event(uid=f"packed-{i}")).status == 201
    for path in (things, things + "?export", "/api/v1/fields"):
        for encoding in ("gzip", "identity"):
            asked = {"url": ann.url + path, "headers": {"Accept-Encoding": encoding}, "timeout": 30}
            head = ann.session.head(**asked)
            with ann.session.get(stream=True, **asked) as got:
                sent = len(got.raw.read(decode_content=False))
            for name in ("Content-Encoding", "Vary", "Content-Type"):
                assert head.headers.get(name) == got.headers.get(name), (path, encoding, name)
            assert got.headers.get("Content-Encoding") == ("gzip" if encoding == "gzip" else None)
            assert int(head.headers["Content-Length"]) == sent, (path, encoding)


def test_the_connection_goes_on_and_nothing_is_left_for_the_next_answer(server, things):
    for path in (things, things + "a.ics", things + "?export", "/addressbooks/ann/contacts/?export", "/api/v1/fields"):
        got = exchange(server, (f"HEAD {path}",), ("GET /healthz", "Connection: close"))
        assert re.findall(rb"HTTP/1\.1 (\d+)", got) == [b"200", b"200"], got
        assert got.partition(b"\r\n\r\n")[2][:8] == b"HTTP/1.1", got


def test_a_304_tells_no_other_length_than_200(server, ann, things):
    for path in (things + "a.ics", "/files/ann/head.txt", "/addressbooks/ann/contacts/head.vcf"):
        etag = ann("HEAD", path).headers["ETag"]
        length = ann("HEAD", path).headers["Content-Length"]
        for method in ("GET", "HEAD"):
            head, _, body = exchange(
                server, (f"{method} {path}", f"If-None-Match: {etag}", "Connection: close")).partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 304 ") and body == b""
            assert header(head, b"Content-Length") in (None, length.encode())
            assert header(head, b"ETag") == etag.encode()
