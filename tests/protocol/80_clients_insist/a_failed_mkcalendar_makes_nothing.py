"""MKCALENDAR is 201 or a refusal, never 207; a refused one leaves nothing behind."""
import uuid

from dav import xml_doc


def it_is_so(ann, calendar):
    taken = ann("MKCALENDAR", calendar)
    assert taken.status == 403 and taken.condition() == "D:resource-must-be-null"
    assert ann("MKCOL", calendar).status == 405
    where = f"/calendars/ann/{uuid.uuid4()}/"
    answer = ann("MKCALENDAR", where, xml_doc(
        "C:mkcalendar", "<D:set><D:prop><D:displayname>A</D:displayname><D:getetag>1</D:getetag></D:prop>"
        "</D:set>"), Content_Type="application/xml")
    assert answer.status == 424
    # What was wrong is told, and what would have gone well (RFC 5689 3).
    states = {prop.tag: stat.findtext("{DAV:}status") for stat in answer.xml.iter("{DAV:}propstat")
              for prop in stat.find("{DAV:}prop")}
    assert states == {"{DAV:}displayname": "HTTP/1.1 424 Failed Dependency", "{DAV:}getetag": "HTTP/1.1 403 Forbidden"}
    assert ann.propfind(where, "D:resourcetype").status == 404
