"""X-Content-Type-Options: nosniff, on refusals too."""
import pytest


@pytest.mark.parametrize("target", [b"/healthz", b"/nowhere", b"/%00"])
def test_it(http, target):
    answer = http.send(b"GET " + target + b" HTTP/1.1\r\nHost: a\r\n\r\n")
    assert answer.header("X-Content-Type-Options") == "nosniff"
