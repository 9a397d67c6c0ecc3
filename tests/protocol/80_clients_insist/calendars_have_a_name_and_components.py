"""displayname and supported-calendar-component-set are on every calendar, however it was made."""
import uuid

from dav import xml_doc


def it_is_so(ann, calendar):
    by_mkcol = f"/calendars/ann/{uuid.uuid4()}/"
    assert ann("MKCOL", by_mkcol, xml_doc(
        "D:mkcol", "<D:set><D:prop><D:resourcetype><D:collection/><C:calendar/></D:resourcetype>"
        "</D:prop></D:set>"), Content_Type="application/xml").status == 201
    found = ann.propfind("/calendars/ann/", "D:displayname", "C:supported-calendar-component-set",
                         "D:resourcetype", depth=1).responses()
    calendars = {h: e for h, e in found.items() if any(t.tag.endswith("}calendar")
                                                       for t in e["props"]["D:resourcetype"])}
    assert {by_mkcol, calendar, "/calendars/ann/calendar/", "/calendars/ann/tasks/"} <= set(calendars)
    for href, entry in calendars.items():
        assert entry["props"]["D:displayname"].text, href
        assert len(entry["props"]["C:supported-calendar-component-set"]), href
