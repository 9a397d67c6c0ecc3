"""Passwords of megabytes, with NUL, or in broken Basic: 401 at once, and the hash is never asked."""
import base64
import time

import pytest
import requests

WORDS = [b"ann:" + b"x" * 1025, b"ann:" + b"x" * 20000, b"ann:ann-secret\x00x", b"ann\x00:ann-secret", b"ann", b"", b":",
         b"\xff\xfe:\xff", b"ann:", b"a" * 3000 + b":x"]


@pytest.mark.parametrize("word", WORDS, ids=range(len(WORDS)))
def it_is_401(own, word):
    began = time.monotonic()
    answer = requests.get(own.url + "/", headers={"Authorization": b"Basic " + base64.b64encode(word)}, timeout=20)
    assert answer.status_code in (401, 429) and time.monotonic() - began < 8
    assert answer.status_code == 429 or answer.headers["WWW-Authenticate"].startswith('Basic realm="')


@pytest.mark.parametrize("header", ["Basic", "Basic ", "Basic !!!", "Bearer abc", "Digest x", "Basic " + "A" * 5001, "", "x"])
def it_takes_no_other_words(own, header):
    answer = requests.get(own.url + "/", headers={"Authorization": header}, timeout=20)
    assert answer.status_code in (401, 429)


@pytest.fixture(scope="module")
def own():
    from dav import Server
    one = Server().start()
    yield one
    one.remove()
