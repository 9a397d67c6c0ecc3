"""RFC 9112 3.2.2: they are accepted, but we are nobody's proxy."""
import pytest


def test_own(http):
    assert http.send(b"GET http://a:80/healthz HTTP/1.1\r\nHost: a:80\r\n\r\n").status == 200


@pytest.mark.parametrize("target", [b"http://b/healthz", b"http://a@b/healthz", b"//a/healthz", b"file:///etc/passwd",
                                    b"http:///healthz"])
def test_foreign(http, target):
    assert http.send(b"GET " + target + b" HTTP/1.1\r\nHost: a\r\n\r\n").status == 400
