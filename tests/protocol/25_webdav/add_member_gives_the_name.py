"""RFC 5995: POST at the address of DAV:add-member makes a member and tells where."""
from dav import card, event


def test_events_and_cards(ann, calendar, book):
    for path, body, kind in ((calendar, event("a"), "text/calendar"), (book, card("a"), "text/vcard")):
        prop = ann.propfind(path, "D:add-member").responses()[path]["props"]["D:add-member"]
        answer = ann("POST", prop[0].text, body, Content_Type=kind)
        assert answer.status == 201, answer.text
        assert answer.headers["Location"].startswith(path)
        got = ann("GET", answer.headers["Location"])
        assert got.body == body.encode() and got.etag == answer.etag
        again = ann("POST", prop[0].text, body, Content_Type=kind)
        assert again.status == 409 and again.condition().endswith("no-uid-conflict")


def test_it_is_not_on_homes(ann):
    entry = ann.propfind("/calendars/ann/", "D:add-member").responses()["/calendars/ann/"]
    assert entry["missing"] == {"D:add-member": 404}
    assert ann("POST", "/calendars/ann/?add-member", event("a"), Content_Type="text/calendar").status == 405
