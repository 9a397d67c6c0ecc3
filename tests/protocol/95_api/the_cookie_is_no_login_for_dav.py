import requests
from dav import POSTGRES
import pytest


@pytest.mark.parametrize("method,path", [
    ("PROPFIND", "/"), ("GET", "/calendars/ann/calendar/"), ("PUT", "/files/ann/x.txt"), ("DELETE", "/files/ann/x.txt")])
def test_dav_still_wants_a_password(server, browser, method, path):
    cookie = "kontor_session=" + browser.session.cookies["kontor_session"]
    answer = requests.request(method, server.url + path, data=b"x" if method == "PUT" else None, timeout=20,
                              headers={"Cookie": cookie, "X-CSRF-Token": browser.csrf})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic realm=")


@pytest.mark.parametrize("method", ["PROPFIND", "REPORT", "MKCOL", "PUT"])
def test_nor_is_there_dav_below_the_api(server, browser, method):
    assert browser(method, "/me").status == 405


@pytest.mark.skipif(bool(POSTGRES), reason="looked for in the file of SQLite")
def test_only_a_digest_is_stored(own_server):
    from api import Api
    cookie = Api(own_server, "ann").session.cookies["kontor_session"].encode()
    own_server.stop()
    for path in own_server.data.rglob("*"):
        if path.is_file():
            assert cookie not in path.read_bytes()
