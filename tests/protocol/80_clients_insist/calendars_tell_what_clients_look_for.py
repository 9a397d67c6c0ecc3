"""Name, components, privileges, ctag, token, reports, owner and sizes stand on every calendar."""
from dav import short

NAMES = ("D:displayname", "C:supported-calendar-component-set", "D:current-user-privilege-set",
         "CS:getctag", "D:sync-token", "D:supported-report-set", "D:owner", "C:max-resource-size")


def props(ann, path, *names):
    return ann.propfind(path, *names).responses()[path]["props"]


def it_tells_them(ann, calendar):
    got = props(ann, calendar, *NAMES)
    assert set(got) == set(NAMES)
    assert got["D:owner"][0].text == "/principals/users/ann/"
    rights = {short(p[0].tag) for p in got["D:current-user-privilege-set"]}
    assert {"D:all", "D:read", "D:write", "D:write-content", "D:write-properties", "D:bind",
            "D:unbind"} <= rights
    reports = {short(e.tag) for e in got["D:supported-report-set"].iter()}
    assert {"D:sync-collection", "C:calendar-query", "C:calendar-multiget"} <= reports


def it_tells_them_of_books(ann, book):
    got = props(ann, book, "CR:supported-address-data", "CR:max-resource-size", "CS:getctag",
                "D:sync-token", "D:supported-report-set")
    versions = {e.get("version") for e in got["CR:supported-address-data"]}
    assert {"3.0", "4.0"} <= versions
    reports = {short(e.tag) for e in got["D:supported-report-set"].iter()}
    assert {"D:sync-collection", "CR:addressbook-query", "CR:addressbook-multiget"} <= reports


def it_lets_make_collections_at_home(ann):
    got = props(ann, "/calendars/ann/", "D:current-user-privilege-set")
    assert "D:bind" in {short(p[0].tag) for p in got["D:current-user-privilege-set"]}
