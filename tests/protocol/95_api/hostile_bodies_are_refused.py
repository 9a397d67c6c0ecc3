import pytest


@pytest.mark.parametrize("body", [
    b"", b"[]", b"1", b'"x"', b"{", b'{"a": 1} x', b'{"a": 1, "a": 2}', b'{"a": "\\u0000"}', b'{"a": "\xff"}',
    b'{"a": ' + b"[" * 17 + b"]" * 17 + b"}", b"[" * 60000, b'{"a": 1e999}', b'{"a": NaN}'],
    ids=lambda body: body[:12].hex())
def test_what_is_no_object(browser, body):
    reply = browser.raw("PATCH", "/me/preferences", body, Content_Type="application/json")
    assert reply.status == 400, reply


def test_brackets_in_texts_are_no_depth(browser):
    assert browser("PATCH", "/me/preferences", {"t": '[{"\\' * 100}).status == 200
    assert browser("PATCH", "/me/preferences", {"t": None}).json["preferences"].get("t") is None


def test_other_media_types(browser):
    assert browser.raw("PATCH", "/me/preferences", b'{"a":1}', Content_Type="text/plain").status == 415
    assert browser.raw("PATCH", "/me/preferences", b'{"a":1}').status == 415


def test_addresses(browser):
    for path in ("/", "/x", "/me/x", "/me/"):
        assert browser("GET", path).status == 404, path
    assert browser("POST", "/me", {}).status == 405
