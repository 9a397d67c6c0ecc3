"""RFC 4918 9.1: propname tells each property that has a value here, once, and no other."""
import pytest
from dav import card, event, xml_doc

PATCH = ("<D:set><D:prop><D:displayname>Mine</D:displayname><A:calendar-color>#ff0000</A:calendar-color>"
         "<C:calendar-timezone-id>Europe/Berlin</C:calendar-timezone-id><Z:own xmlns:Z='urn:z'>1</Z:own></D:prop></D:set>")


def names(who, path):
    answer = who("PROPFIND", path, xml_doc("D:propfind", "<D:propname/>"), Depth="0", Content_Type="application/xml")
    assert answer.status == 207
    told = [node.tag for node in answer.xml.find("{DAV:}response/{DAV:}propstat/{DAV:}prop")]
    assert len(told) == len(set(told)), told
    return told


@pytest.fixture
def things(ann, calendar):
    assert ann.put_event(calendar + "a.ics", event()).status == 201
    assert ann.put_card("/addressbooks/ann/contacts/names.vcf", card(uid="names")).status in (201, 204)
    assert ann("PUT", "/files/ann/names.txt", b"x", Content_Type="text/plain").status in (201, 204)
    return ["/", "/principals/", "/principals/users/ann/", "/calendars/", "/calendars/ann/", calendar, calendar + "a.ics",
            "/addressbooks/ann/", "/addressbooks/ann/contacts/", "/addressbooks/ann/contacts/names.vcf", "/files/ann/",
            "/files/ann/names.txt"]


def each_has_a_value(who, path):
    told = names(who, path)
    asked = "".join(f"<P:{tag.split('}')[1]} xmlns:P='{tag[1:].split('}')[0]}'/>" for tag in told)
    answer = who("PROPFIND", path, xml_doc("D:propfind", f"<D:prop>{asked}</D:prop>"), Depth="0",
                 Content_Type="application/xml")
    states = {node.tag: propstat.findtext("{DAV:}status") for propstat in answer.xml.iter("{DAV:}propstat")
              for node in propstat.find("{DAV:}prop")}
    assert set(states) == set(told) and set(states.values()) == {"HTTP/1.1 200 OK"}, (path, states)


def test_each_has_a_value(ann, things):
    for path in things:
        each_has_a_value(ann, path)


def test_what_is_set_is_named_with_what_follows_from_it(ann, things):
    calendar = things[5]
    before = set(names(ann, calendar))
    assert ann("PROPPATCH", calendar, xml_doc("D:propertyupdate", PATCH), Content_Type="application/xml").status == 207
    new = set(names(ann, calendar)) - before
    assert {tag.split("}")[1] for tag in new} == {"calendar-color", "calendar-timezone-id", "calendar-timezone", "own"}
    each_has_a_value(ann, calendar)


def test_what_only_reports_give_is_not_named(ann, things):
    for path in things:
        assert not [tag for tag in names(ann, path) if tag.endswith(("}calendar-data", "}address-data"))]
