"""2^63-1 would be waited for; a number longer than any is no number."""
import pytest


@pytest.mark.parametrize("length", [65537, 2**31, 2**63 - 1, 2**63, 2**64, 10**40])
def test_it(http, length):
    answer = http.send(b"PUT /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\nabc" % length)
    assert answer.status in (413, 400)
    assert answer.closed


def test_the_limit_itself_is_taken(http):
    answer = http.send(b"PUT /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 65536\r\n\r\n" + b"a" * 65536)
    assert answer.status == 405
    assert not answer.closed
