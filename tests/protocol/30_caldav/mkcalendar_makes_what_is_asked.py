"""MKCALENDAR and extended MKCOL: properties and components from the body, all or nothing."""
import uuid

from dav import event, todo, xml_doc


def path():
    return f"/calendars/ann/{uuid.uuid4()}/"


def make(who, where, props):
    return who("MKCALENDAR", where, xml_doc("C:mkcalendar", f"<D:set><D:prop>{props}</D:prop></D:set>"),
               Content_Type="application/xml")


def it_takes_properties(ann):
    where = path()
    made = make(ann, where, "<D:displayname>Team</D:displayname><A:calendar-color>#ff0000ff</A:calendar-color>"
                "<C:calendar-description>Ours</C:calendar-description>"
                "<C:supported-calendar-component-set><C:comp name='VTODO'/></C:supported-calendar-component-set>")
    assert made.status == 201
    got = ann.propfind(where, "D:displayname", "A:calendar-color", "C:calendar-description",
                       "C:supported-calendar-component-set", "D:resourcetype").responses()[where]["props"]
    assert got["D:displayname"].text == "Team" and got["A:calendar-color"].text == "#ff0000ff"
    assert [c.get("name") for c in got["C:supported-calendar-component-set"]] == ["VTODO"]
    assert got["D:resourcetype"].find("{urn:ietf:params:xml:ns:caldav}calendar") is not None
    assert ann.put_event(where + "t.ics", todo()).status == 201
    assert ann.put_event(where + "e.ics", event()).condition() == "C:supported-calendar-component"


def it_makes_nothing_when_a_property_is_refused(ann):
    for wrong in ("<D:getetag>x</D:getetag>", "<C:calendar-timezone>nonsense</C:calendar-timezone>",
                  "<C:calendar-timezone-id>Nowhere/Land</C:calendar-timezone-id>"):
        where = path()
        assert make(ann, where, "<D:displayname>A</D:displayname>" + wrong).status >= 400
        assert ann("PROPFIND", where, Depth="0").status == 404


def it_says_why_not(ann, calendar):
    taken = ann("MKCALENDAR", calendar)
    assert taken.status == 403 and taken.condition() == "D:resource-must-be-null"
    inside = ann("MKCALENDAR", calendar + "inner/")
    assert inside.status == 403 and inside.condition() == "C:calendar-collection-location-ok"
    assert ann("MKCALENDAR", "/calendars/ann/a/b/").status == 409


def it_is_mkcol_too(ann):
    where = path()
    body = xml_doc("D:mkcol", "<D:set><D:prop><D:resourcetype><D:collection/><C:calendar/></D:resourcetype>"
                   "<D:displayname>Extended</D:displayname></D:prop></D:set>")
    assert ann("MKCOL", where, body, Content_Type="application/xml").status == 201
    assert ann.put_event(where + "e.ics", event()).status == 201
