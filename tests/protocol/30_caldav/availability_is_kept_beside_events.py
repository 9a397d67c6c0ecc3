"""RFC 7953: when somebody can be met is said in their own calendar, without making one for it."""
from dav import event

AVAILABLE = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VAVAILABILITY\r\nUID:av-1\r\n"
             "DTSTAMP:20261101T000000Z\r\nDTSTART:20261101T000000Z\r\nBEGIN:AVAILABLE\r\nUID:av-1-1\r\n"
             "DTSTAMP:20261101T000000Z\r\nDTSTART:20261102T090000Z\r\nDTEND:20261102T170000Z\r\n"
             "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\r\nEND:AVAILABLE\r\nEND:VAVAILABILITY\r\nEND:VCALENDAR\r\n")


def it_is_so(ann):
    home = "/calendars/ann/calendar/"
    said = ann.propfind(home, "C:supported-calendar-component-set").responses()[home]["props"]
    names = [c.get("name") for c in said["C:supported-calendar-component-set"]]
    assert "VAVAILABILITY" in names and "VEVENT" in names and "VTODO" not in names
    assert ann.put_event(home + "available.ics", AVAILABLE).status == 201
    assert ann.put_event(home + "busy.ics", event("busy-1")).status == 201
    assert ann("GET", home + "available.ics").text == AVAILABLE
    assert ann("DELETE", home + "available.ics").status == 204 and ann("DELETE", home + "busy.ics").status == 204
