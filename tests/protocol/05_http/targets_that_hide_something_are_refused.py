"""NUL, encoded slashes, dot segments, bad hex, broken UTF-8, raw controls: never decoded, never guessed."""
import pytest


@pytest.mark.parametrize("target", [b"/healthz%00", b"/healthz\x00x", b"/%2Fhealthz", b"/x/../healthz", b"/x/%2e%2e/healthz",
                                    b"/./healthz", b"/%zz", b"/%", b"/%ff", b"/%c0%ae", b"/a%0d%0ab", b"/\xff",
                                    b"/x//healthz", b"healthz", b"/" + b"a/" * 40, b"/" + b"a" * 300])
def test_it(http, target):
    answer = http.send(b"GET " + target + b" HTTP/1.1\r\nHost: a\r\n\r\n")
    assert answer.status in (400, 401, 414)
    assert answer.status != 200


def test_segments_are_compared_decoded(http):
    assert http.send(b"GET /%68ealthz HTTP/1.1\r\nHost: a\r\n\r\n").status == 200
    assert http.send(b"GET /healthz?x=%00 HTTP/1.1\r\nHost: a\r\n\r\n").status == 200
    assert http.send(b"GET /healthzz HTTP/1.1\r\nHost: a\r\n\r\n").status == 401
