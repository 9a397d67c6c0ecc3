"""X- properties, odd parameters, alarms with their marks, own zones and all overrides come back as they were."""
from dav import event

ZONE = ("BEGIN:VTIMEZONE\r\nTZID:/example.com/Nowhere\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "TZOFFSETFROM:+0130\r\nTZOFFSETTO:+0130\r\nTZNAME:NOW\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n")
EXTRA = ("RRULE:FREQ=WEEKLY;COUNT=5\r\nX-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC\r\n"
         "X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS=\"A, B; C\";X-APPLE-RADIUS=70.5;X-TITLE=Here:geo:52.1,13.4\r\n"
         "BEGIN:VALARM\r\nX-WR-ALARMUID:A-1\r\nUID:A-1\r\nTRIGGER:-PT15M\r\nACKNOWLEDGED:20261101T000000Z\r\n"
         "ACTION:DISPLAY\r\nDESCRIPTION:Go\r\nX-APPLE-DEFAULT-ALARM:TRUE\r\nEND:VALARM\r\n")


def it_survives(ann, calendar):
    master = event("a", start="20261124T090000", end="20261124T100000", extra=EXTRA)
    master = master.replace("DTSTART:", "DTSTART;TZID=/example.com/Nowhere:").replace(
        "DTEND:", "DTEND;TZID=/example.com/Nowhere:")
    override = master.split("PRODID:-//Test//EN\r\n")[1].split("RRULE")[0].replace(
        "SUMMARY", "RECURRENCE-ID;TZID=/example.com/Nowhere:20261201T090000\r\nSUMMARY") + "END:VEVENT\r\n"
    body = master.replace("BEGIN:VEVENT", ZONE + "BEGIN:VEVENT", 1).replace(
        "END:VCALENDAR", override + "END:VCALENDAR")
    assert ann.put_event(calendar + "a.ics", body).status == 201
    assert ann("GET", calendar + "a.ics").body == body.encode()
