"""RFC 4791 5.2.2, 7.3: days and floating times are busy where the calendar's own zone says, each calendar of a home by its own."""
import uuid

import pytest
from dav import event, xml_doc


def make(who, zone):
    path = f"/calendars/{who.name}/{uuid.uuid4()}/"
    inside = f"<C:calendar-timezone-id>{zone}</C:calendar-timezone-id>" if zone else "<D:displayname>A</D:displayname>"
    assert who("MKCALENDAR", path, xml_doc("C:mkcalendar", f"<D:set><D:prop>{inside}</D:prop></D:set>"),
               Content_Type="application/xml").status == 201
    return path


def fill(who, path, day):
    for name, body in (
            ("once", event(str(uuid.uuid4()), f"202607{day}T090000", f"202607{day}T100000")),
            ("series", event(str(uuid.uuid4()), f"202607{day}T120000", f"202607{day}T130000", extra="RRULE:FREQ=DAILY;COUNT=1\r\n")),
            ("utc", event(str(uuid.uuid4()), f"202607{day}T180000Z", f"202607{day}T190000Z"))):
        assert who.put_event(path + name + ".ics", body).status == 201


def busy(who, path, first, last, depth="1"):
    answer = who("REPORT", path, xml_doc(
        "C:free-busy-query", f"<C:time-range start='202607{first}T000000Z' end='202607{last}T000000Z'/>"),
        Depth=depth, Content_Type="application/xml")
    assert answer.status == 200
    return [line.split(":", 1)[1].replace("0000Z", "").replace("202607", "") for line in answer.text.split("\r\n")
            if line.startswith("FREEBUSY")]


@pytest.mark.parametrize("zone, once, series", [
    ("Europe/Berlin", "06T07/06T08", "06T10/06T11"), ("America/New_York", "06T13/06T14", "06T16/06T17"),
    (None, "06T09/06T10", "06T12/06T13")])
def test_floating_times(ann, zone, once, series):
    path = make(ann, zone)
    fill(ann, path, "06")
    assert sorted(busy(ann, path, "05", "09")) == sorted([once, series, "06T18/06T19"])


def test_days(ann):
    path = make(ann, "Europe/Berlin")
    day = event("day", "20260710", "20260711", extra="TRANSP:OPAQUE\r\n").replace("DTSTART:", "DTSTART;VALUE=DATE:").replace(
        "DTEND:", "DTEND;VALUE=DATE:")
    assert ann.put_event(path + "day.ics", day).status == 201
    assert busy(ann, path, "08", "13") == ["09T22/10T22"]


def test_each_calendar_of_a_home_by_its_own(own_server):
    ann = own_server.client("ann")
    for zone, day in (("Europe/Berlin", "20"), ("America/New_York", "21"), (None, "22")):
        fill(ann, make(ann, zone), day)
    told = busy(ann, "/calendars/ann/", "19", "24", "infinity")
    assert {"20T07/20T08", "21T13/21T14", "22T09/22T10"} <= set(told) and len(told) == 9


def test_the_own_availability_is_where_the_calendar_is(own_server):
    ann = own_server.client("ann")
    path = make(ann, "Europe/Berlin")
    value = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VAVAILABILITY\r\nUID:v\r\nDTSTAMP:20260101T000000Z\r\n"
             "BEGIN:AVAILABLE\r\nUID:a\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260601T090000\r\nDTEND:20260601T170000\r\n"
             "RRULE:FREQ=DAILY\r\nEND:AVAILABLE\r\nEND:VAVAILABILITY\r\nEND:VCALENDAR\r\n")
    patched = ann("PROPPATCH", "/calendars/ann/", xml_doc(
        "D:propertyupdate", f"<D:set><D:prop><C:calendar-availability>{value}</C:calendar-availability></D:prop></D:set>"),
        Content_Type="application/xml")
    assert patched.status == 207 and not patched.responses()["/calendars/ann/"]["missing"]
    for asked, depth in ((path, "1"), ("/calendars/ann/", "infinity")):
        assert busy(ann, asked, "06", "07", depth) == ["06T00/06T07", "06T15/07T00"], asked
