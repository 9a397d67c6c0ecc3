"""VEVENT and VTODO are kept apart by default; a calendar made for tasks takes nothing else."""
import uuid

from dav import event, todo, xml_doc


def components(ann, path):
    props = ann.propfind(path, "C:supported-calendar-component-set").responses()[path]["props"]
    return {c.get("name") for c in props["C:supported-calendar-component-set"]}


def it_is_so_from_the_start(ann):
    assert "VEVENT" in components(ann, "/calendars/ann/calendar/")
    assert "VTODO" not in components(ann, "/calendars/ann/calendar/")
    assert components(ann, "/calendars/ann/tasks/") == {"VTODO"}


def it_is_so_when_asked(ann):
    path = f"/calendars/ann/{uuid.uuid4()}/"
    assert ann("MKCALENDAR", path, xml_doc(
        "C:mkcalendar", "<D:set><D:prop><C:supported-calendar-component-set><C:comp name='VTODO'/>"
        "</C:supported-calendar-component-set></D:prop></D:set>"), Content_Type="text/xml").status == 201
    assert components(ann, path) == {"VTODO"}
    assert ann.put_event(path + "t.ics", todo("t")).status == 201
    answer = ann.put_event(path + "e.ics", event("e"))
    assert answer.status == 403 and answer.condition() == "C:supported-calendar-component"
