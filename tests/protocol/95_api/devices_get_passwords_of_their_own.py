import plistlib

import pytest

from api import Api


def test_made_used_revoked(server):
    api = Api(server, "ben")
    made = api("POST", "/devices", {"name": "My phone"})
    assert made.status == 201 and made.headers["Cache-Control"].endswith("no-store")
    phone = server.client("ben", made.json["password"])
    assert phone.propfind("/calendars/ben/", "D:displayname").status == 207
    listed = api("GET", "/devices").json["items"]
    assert [d["name"] for d in listed] == ["My phone"] and made.json["password"] not in api("GET", "/devices").text
    device = Api(server, "ben", made.json["password"], basic=True)
    assert device("GET", "/devices").status == 200
    assert device("POST", "/devices", {"name": "Another"}).status == 403
    assert device("DELETE", f"/devices/{made.json['id']}").status == 403
    assert Api(server, "ann")("DELETE", f"/devices/{made.json['id']}").status == 404
    assert api("DELETE", f"/devices/{made.json['id']}").status == 204
    assert api("DELETE", f"/devices/{made.json['id']}").status == 404
    assert phone.propfind("/calendars/ben/", "D:displayname").status == 401


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "a\u0007b", 1])
def test_names_that_cannot_be(browser, name):
    assert browser.raw("POST", "/devices", __import__("json").dumps({"name": name}).encode(),
                       Content_Type="application/json").json["field"] == "name"


def test_setup(server, browser):
    told = browser("GET", "/devices/setup").json
    assert told["server"] == server.url + "/" and told["user"] == "ann"
    assert told["urls"]["calendars"] == server.url + "/calendars/ann/"
    assert told["qr_svg"].startswith("<svg ") and told["qr_svg"].endswith("</svg>")


def test_profile_for_apples(server, browser):
    reply = browser("GET", "/devices/profile.mobileconfig")
    assert reply.headers["Content-Type"] == "application/x-apple-aspen-config"
    profile = plistlib.loads(reply.body)
    host, port = server.url.removeprefix("http://").split(":")
    accounts = {p["PayloadType"]: p for p in profile["PayloadContent"]}
    for kind, what in (("caldav", "CalDAV"), ("carddav", "CardDAV")):
        account = accounts[f"com.apple.{kind}.account"]
        assert (account[what + "HostName"], account[what + "Port"], account[what + "UseSSL"]) == (host, int(port), False)
        assert account[what + "Username"] == "ann" and what + "Password" not in account
    assert plistlib.loads(browser("GET", "/devices/profile.mobileconfig").body) == profile
    ids = {p["PayloadUUID"] for p in profile["PayloadContent"]} | {profile["PayloadUUID"]}
    assert len(ids) == 3
