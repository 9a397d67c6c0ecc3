"""A calendar object that breaks the rules is refused with the element that names the rule."""
import pytest

from dav import event, todo, xml_doc


@pytest.mark.parametrize("body, condition", [
    ("no calendar at all", "C:valid-calendar-data"),
    ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\n", "C:valid-calendar-data"),
    (event("a").replace("UID:a\r\n", ""), "C:valid-calendar-data"),
    (event("a", extra="RRULE:RSCALE=BOGUS;FREQ=YEARLY\r\n"), "C:supported-rscale"),
    (event("a", extra="RRULE:FREQ=SOMETIMES\r\n"), "C:valid-calendar-data"),
    (event("a", "20261124T090000", "20261124T100000").replace("DTSTART:", "DTSTART;TZID=Nowhere/Land:"), "C:valid-timezone"),
    (event("a").replace("VERSION:2.0", "VERSION:3.0"), "C:supported-calendar-data"),
    (event("a").replace("BEGIN:VEVENT", "METHOD:REQUEST\r\nBEGIN:VEVENT", 1),
     "C:valid-calendar-object-resource"),
    (event("a").replace("END:VCALENDAR\r\n", "") + todo("a").split("EN\r\n", 1)[1],
     "C:valid-calendar-object-resource"),
    (event("a").replace("END:VCALENDAR\r\n", "") + event("b").split("EN\r\n", 1)[1],
     "C:valid-calendar-object-resource"),
])
def it_is_403(ann, calendar, body, condition):
    answer = ann.put_event(calendar + "a.ics", body)
    assert answer.status == 403
    assert answer.condition() == condition
    assert ann("GET", calendar + "a.ics").status == 404


def it_wants_its_media_type(ann, calendar):
    answer = ann("PUT", calendar + "a.ics", event("a"), Content_Type="text/plain")
    assert answer.status == 403 and answer.condition() == "C:supported-calendar-data"


def it_keeps_components_apart(ann, calendar):
    tasks = calendar[:-1] + "-tasks/"
    assert ann("MKCALENDAR", tasks, xml_doc(
        "C:mkcalendar", '<D:set><D:prop><C:supported-calendar-component-set><C:comp name="VTODO"/>'
        "</C:supported-calendar-component-set></D:prop></D:set>"),
        Content_Type="application/xml").status == 201
    assert ann.put_event(tasks + "t.ics", todo("t")).status == 201
    refused = ann.put_event(tasks + "e.ics", event("e"))
    assert refused.status == 403 and refused.condition() == "C:supported-calendar-component"
