import pytest

from api import Api


def test_without_or_with_another_token(server):
    api = Api(server, "ann")
    other = Api(server, "ben")
    good = api.csrf
    for token in (None, "", "x", other.csrf):
        api.csrf = token
        assert api("DELETE", "/session").status == 401
        assert api("PATCH", "/me/preferences", {"locale": "de"}).status == 403
    api.csrf = good
    assert api("PATCH", "/me/preferences", {"locale": "de"}).status == 200


@pytest.mark.parametrize("headers", [
    {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"}, {"Origin": "http://evil.example"},
    {"Origin": "null"}])
def test_from_another_site(server, headers):
    api = Api(server, "ann")
    assert api("PATCH", "/me/preferences", {"locale": "de"}, **headers).status == 403
    assert api("POST", "/session", {"name": "ann", "password": "ann-secret"}, **headers).status == 401
    basic = Api(server, "ann", basic=True)
    assert basic("PATCH", "/me/preferences", {"locale": "de"}, **headers).status == 403


def test_from_our_own_pages(server):
    api = Api(server, "ann")
    own = {"Sec_Fetch_Site": "same-origin", "Origin": server.url}
    assert api("PATCH", "/me/preferences", {"locale": "de"}, **own).status == 200
    behind_a_proxy = {"Sec_Fetch_Site": "same-origin", "Origin": "https://outside.example"}
    assert api("PATCH", "/me/preferences", {"locale": "de"}, **behind_a_proxy).status == 200


def test_programs_with_a_password_need_no_token(server):
    assert Api(server, "ann", basic=True)("PATCH", "/me/preferences", {"locale": None}).status == 200


def test_forms_of_other_sites_cannot_sign_in(server):
    api = Api(server)
    body = b'{"name": "ann", "password": "ann-secret"}'
    for media in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert api.raw("POST", "/session", body, Content_Type=media).status == 415
