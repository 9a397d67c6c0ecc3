"""calendarserver-principal-search: what is typed into the fields for guests and places of Calendar on macOS finds them."""
import pytest
from dav import xml_doc


def search(client, path, context, *words, limit=""):
    body = xml_doc("CS:calendarserver-principal-search", "".join(f"<CS:search-token>{w}</CS:search-token>" for w in words) + limit
                   + "<D:prop><D:displayname/><D:principal-URL/><CS:email-address-set/><C:calendar-user-type/>"
                   "<C:calendar-user-address-set/><CS:record-type/></D:prop>")
    return client.report(path, body.replace("-search ", f"-search {context} ", 1), depth=0)


@pytest.mark.parametrize("context, words, found", [
    ("context='attendee'", ["ahl"], ["users/ann"]), ("context='attendee'", ["br", "ben"], ["users/ben"]),
    ("context='attendee'", ["ben@"], ["users/ben"]), ("context='attendee'", ["beam"], ["resources/beamer"]),
    ("context='attendee'", ["hall"], []), ("context='location'", ["hall"], ["locations/hall"]), ("context='user'", ["sales"], []),
    ("context='group'", ["SALES"], ["groups/sales"]), ("context='resource'", ["b"], ["resources/beamer"]),
    ("", ["hall"], ["locations/hall"]), ("context='attendee'", ["ahl", "nobody"], [])])
def test_they_are_found(ann, context, words, found):
    for path in ("/principals/", "/calendars/ann/"):
        answer = search(ann, path, context, *words)
        assert answer.status == 207
        assert sorted(answer.responses()) == sorted(f"/principals/{f}/" for f in found)


def test_what_a_client_fills_in_is_told(ann):
    entry, = search(ann, "/principals/", "context='attendee'", "ahlers").responses().values()
    assert entry["props"]["D:displayname"].text == "Ann Ahlers"
    assert "mailto:ann@example.com" in [h.text for h in entry["props"]["C:calendar-user-address-set"]]
    assert entry["missing"] == {"CS:record-type": 404}


def test_no_more_than_are_wanted_are_told(ann):
    limit = "<CS:limit><CS:nresults>1</CS:nresults></CS:limit>"
    answer = search(ann, "/principals/", "context='user'", "a", limit=limit)
    assert len(answer.responses()) == 2 and answer.responses()["/principals/"]["status"] == 507


@pytest.mark.parametrize("context, words, limit", [
    ("context='animal'", ["a"], ""), ("", [], ""), ("", ["a"], "<CS:limit/>"), ("", ["a"] * 21, "")])
def test_senseless_ones_are_refused(ann, context, words, limit):
    assert search(ann, "/principals/", context, *words, limit=limit).status == 400


def test_it_is_told_that_it_can_be_asked(ann):
    props = ann.propfind("/principals/", "D:supported-report-set").responses()["/principals/"]["props"]
    assert any(e.tag.endswith("}calendarserver-principal-search") for e in props["D:supported-report-set"].iter())
