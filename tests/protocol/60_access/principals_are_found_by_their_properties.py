"""RFC 3744 9.4, 9.5: principal-property-search by name, address and kind, within what is asked; and which it can search."""
import pytest
from dav import short, xml_doc


def search(client, path, *criteria, extra="", attributes=""):
    body = xml_doc("D:principal-property-search", "".join(
        f"<D:property-search><D:prop><{name}/></D:prop><D:match>{words}</D:match></D:property-search>"
        for name, words in criteria) + "<D:prop><D:displayname/></D:prop>" + extra)
    return client.report(path, body.replace("<D:principal-property-search ", f"<D:principal-property-search {attributes} ", 1),
                         depth=0)


@pytest.mark.parametrize("path, criteria, found", [
    ("/principals/", [("D:displayname", "ann")], ["users/ann"]),
    ("/principals/users/", [("D:displayname", "BRANDT")], ["users/ben"]),
    ("/principals/", [("C:calendar-user-address-set", "mailto:ann.ahlers@example.com")], ["users/ann"]),
    ("/principals/", [("CS:email-address-set", "hall@")], ["locations/hall"]),
    ("/principals/", [("C:calendar-user-type", "ROOM")], ["locations/hall"]),
    ("/principals/users/", [("D:displayname", "Hall")], []),
    ("/principals/", [("D:displayname", "a"), ("CS:email-address-set", "ben@")], ["users/ben"]),
    ("/principals/", [("CS:unheard-of", "a")], []),
    ("/calendars/ann/", [("D:displayname", "ann")], []),
])
def it_finds(ann, path, criteria, found):
    answer = search(ann, path, *criteria)
    assert answer.status == 207
    assert sorted(answer.responses()) == sorted(f"/principals/{f}/" for f in found)


def it_looks_everywhere_when_told_so(ann):
    everywhere = "<D:apply-to-principal-collection-set/>"
    found = search(ann, "/calendars/ann/", ("D:displayname", "Big"), extra=everywhere)
    assert list(found.responses()) == ["/principals/locations/hall/"]


def it_takes_one_of_many(ann):
    found = search(ann, "/principals/", ("D:displayname", "Ahlers"), ("D:displayname", "Brandt"), attributes='test="anyof"')
    assert set(found.responses()) == {"/principals/users/ann/", "/principals/users/ben/"}


def it_tells_what_can_be_searched(ann):
    answer = ann.report("/principals/", xml_doc("D:principal-search-property-set", ""), depth=0)
    assert answer.status == 200
    names = {short(p.find("{DAV:}prop")[0].tag) for p in answer.xml}
    assert {"D:displayname", "C:calendar-user-address-set", "CS:email-address-set", "C:calendar-user-type"} <= names
    assert all(p.find("{DAV:}description").text for p in answer.xml)
    # RFC 3744 9.5: it is for the collections that principal-collection-set names.
    answer = ann.report("/calendars/ann/", xml_doc("D:principal-search-property-set", ""), depth=0)
    assert answer.status == 403 and answer.condition() == "D:supported-report"


def it_asks_for_something(ann):
    assert search(ann, "/principals/").status == 400


def it_takes_kinds_and_limits_as_macos_asks(ann):
    found = search(ann, "/principals/", ("D:displayname", "b"), attributes='type="ROOM"')
    assert list(found.responses()) == ["/principals/locations/hall/"]
    assert not search(ann, "/principals/users/", ("D:displayname", "b"), attributes='type="ROOM"').responses()
    limited = search(ann, "/principals/", ("D:displayname", "a"), extra="<CS:limit><CS:nresults>1</CS:nresults></CS:limit>")
    assert limited.responses()["/principals/"]["status"] == 507 and len(limited.responses()) == 2


@pytest.mark.parametrize("attributes, extra", [
    ("test='some'", ""), ("type='ANIMAL'", ""), ("", "<CS:limit/>"), ("", "<CS:limit><CS:nresults>all</CS:nresults></CS:limit>"),
    ("", "<CS:limit><CS:nresults>0</CS:nresults></CS:limit>")])
def it_refuses_what_it_does_not_understand(ann, attributes, extra):
    assert search(ann, "/principals/", ("D:displayname", "a"), extra=extra, attributes=attributes).status == 400


@pytest.mark.parametrize("attribute", ["match-type='sounds-like'", "caseless='maybe'"])
def it_refuses_matches_it_does_not_understand(ann, attribute):
    answer = ann.report("/principals/", xml_doc(
        "D:principal-property-search", f"<D:property-search><D:prop><D:displayname/></D:prop><D:match {attribute}>a</D:match>"
        "</D:property-search><D:prop><D:displayname/></D:prop>"), depth=0)
    assert answer.status == 400
