"""A calendar object is stored byte for byte, with a strong ETag; a UID may stand once in a calendar."""
from dav import event, todo


def it_is_the_same(ann, calendar):
    body = event(extra="X-ODD;A=b:c\r\nATTENDEE;CN=\"B, C\":mailto:ben@example.com\r\n")
    put = ann.put_event(calendar + "a.ics", body, If_None_Match="*")
    assert put.status == 201 and put.etag
    got = ann("GET", calendar + "a.ics")
    assert got.text == body and got.etag == put.etag
    assert "component=VEVENT" in got.headers["Content-Type"]


def it_refuses_a_second_one(ann, calendar):
    assert ann.put_event(calendar + "a.ics", event("same")).status == 201
    clash = ann.put_event(calendar + "b.ics", event("same"))
    assert clash.status in (403, 409) and clash.condition() == "C:no-uid-conflict"
    assert clash.xml.find(".//{DAV:}href").text == calendar + "a.ics"


def it_keeps_the_uid_when_something_is_moved_over_it(ann, calendar):
    assert ann.put_event(calendar + "a.ics", event("a")).status == 201
    assert ann.put_event(calendar + "b.ics", event("b")).status == 201
    moved = ann("MOVE", calendar + "b.ics", Destination=calendar + "a.ics")
    assert moved.status in (403, 409) and moved.condition() == "C:no-uid-conflict"
    assert "UID:a" in ann("GET", calendar + "a.ics").text


def it_refuses_what_is_no_calendar_object(ann, calendar):
    bad = ann.put_event(calendar + "x.ics", "nonsense")
    assert bad.status == 403 and bad.condition() == "C:valid-calendar-data"
    odd = ann("PUT", calendar + "x.ics", "hello", Content_Type="text/plain")
    assert odd.status == 403 and odd.condition() == "C:supported-calendar-data"
    method = event().replace("BEGIN:VEVENT", "METHOD:REQUEST\r\nBEGIN:VEVENT", 1)
    assert ann.put_event(calendar + "x.ics", method).condition() == "C:valid-calendar-object-resource"
    assert ann("GET", calendar + "x.ics").status == 404


def it_refuses_other_components(ann):
    here = ann.put_event("/calendars/ann/tasks/e.ics", event())
    assert here.status == 403 and here.condition() == "C:supported-calendar-component"
    assert ann.put_event("/calendars/ann/tasks/t.ics", todo("t-1")).status == 201
