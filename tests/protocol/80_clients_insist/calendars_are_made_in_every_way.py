"""MKCALENDAR with a resourcetype and a zone's name (DAVx5); MKCOL, then PROPPATCH of the name (OCS)."""
import uuid

from dav import event, xml_doc


def path():
    return f"/calendars/ann/{str(uuid.uuid4()).upper()}/"


def it_is_made_as_davx5_does(ann):
    where = path()
    assert ann("MKCALENDAR", where, xml_doc(
        "C:mkcalendar", "<D:set><D:prop><D:resourcetype><D:collection/><C:calendar/></D:resourcetype>"
        "<D:displayname>DAVx5</D:displayname><C:calendar-timezone-id>Europe/Berlin</C:calendar-timezone-id>"
        "<C:supported-calendar-component-set><C:comp name='VEVENT'/></C:supported-calendar-component-set>"
        "</D:prop></D:set>"), Content_Type="application/xml").status == 201
    props = ann.propfind(where, "D:displayname", "C:calendar-timezone-id").responses()[where]["props"]
    assert props["D:displayname"].text == "DAVx5"
    assert props["C:calendar-timezone-id"].text == "Europe/Berlin"


def it_is_made_as_ocs_does(ann):
    where = path()
    assert ann("MKCOL", where, xml_doc(
        "D:mkcol", "<D:set><D:prop><D:resourcetype><D:collection/><C:calendar/></D:resourcetype>"
        "</D:prop></D:set>"), Content_Type="application/xml").status == 201
    assert ann("PROPPATCH", where, xml_doc(
        "D:propertyupdate", "<D:set><D:prop><D:displayname>OCS</D:displayname></D:prop></D:set>"),
        Content_Type="text/xml").status == 207
    props = ann.propfind(where, "D:displayname").responses()[where]["props"]
    assert props["D:displayname"].text == "OCS"
    assert ann.put_event(where + "a.ics", event("a")).status == 201
