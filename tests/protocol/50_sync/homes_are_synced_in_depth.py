"""RFC 6578 3.3: sync-level infinite on a home tells of every member of every collection in it, 1 of its collections only."""
import uuid

from dav import card, event


def test_the_whole_home(own_server):
    ann = own_server.client("ann")
    home, one, two = "/calendars/ann/", "/calendars/ann/one/", "/calendars/ann/two/"
    first = ann.sync(home, level="infinite")
    assert first.status == 207
    token = first.sync_token()
    for path in (one, two):
        assert ann("MKCALENDAR", path).status == 201
    ann.put_event(one + "a.ics", event("a"))
    ann.put_event(two + "b.ics", event("b"))
    answer = ann.sync(home, token, level="infinite")
    found = answer.responses()
    assert {one + "a.ics", two + "b.ics"} <= set(found)
    assert "D:getetag" in found[one + "a.ics"]["props"]
    token = answer.sync_token()
    ann("DELETE", one + "a.ics")
    ann.put_event(two + "b.ics", event("b", summary="New"))
    answer = ann.sync(home, token, level="infinite")
    found = {h: e for h, e in answer.responses().items() if h.endswith(".ics")}
    assert set(found) == {one + "a.ics", two + "b.ics"} and found[one + "a.ics"]["status"] == 404
    token = answer.sync_token()
    assert ann("DELETE", two).status == 204
    answer = ann.sync(home, token, level="infinite")
    assert answer.responses()[two]["status"] == 404
    assert not [h for h in ann.sync(home, answer.sync_token(), level="infinite").responses() if h.startswith(two)]
    flat = ann.sync(home).responses()
    assert one in flat and not [h for h in flat if h.endswith(".ics")]


def test_others_see_their_own_only(ann, ben, book):
    ann.put_card(book + "a.vcf", card("a"))
    assert ben.sync("/addressbooks/ann/", level="infinite").status == 404
    assert book not in ben.sync("/addressbooks/ben/", level="infinite").text


def test_a_limit_is_continued(own_server):
    ann = own_server.client("ann")
    home = "/calendars/ann/"
    for name in ("x", "y"):
        path = f"{home}{name}/"
        ann("MKCALENDAR", path)
        for n in range(5):
            ann.put_event(f"{path}{n}.ics", event(str(uuid.uuid4())))
    seen, token = set(), ""
    for _ in range(30):
        answer = ann.sync(home, token, limit=3, level="infinite")
        found = set(answer.responses())
        token = answer.sync_token()
        seen |= {h for h in found if h.endswith(".ics")}
        if home not in found:
            break
    else:
        raise AssertionError("it never ends")
    assert len(seen) == 10
    assert not [h for h in ann.sync(home, token, level="infinite").responses() if h.endswith(".ics")]
