"""?export on a calendar is one .ics of everything in it, each time zone once."""
from dav import event

ZONE = ("BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0300\r\n"
        "TZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n")


def it_does(ann, ben, calendar):
    for i in range(250):
        body = event(f"u{i}").replace("BEGIN:VEVENT", ZONE + "BEGIN:VEVENT").replace(
            "DTSTART:20261124T090000Z", "DTSTART;TZID=Office:20261124T090000").replace(
            "DTEND:20261124T100000Z", "DTEND;TZID=Office:20261124T100000")
        assert ann.put_event(f"{calendar}{i}.ics", body).status == 201
    got = ann("GET", calendar + "?export")
    assert got.status == 200 and got.headers["Content-Type"].startswith("text/calendar")
    assert got.text.count("BEGIN:VEVENT") == 250 and got.text.count("BEGIN:VTIMEZONE") == 1
    assert got.text.startswith("BEGIN:VCALENDAR") and got.text.rstrip().endswith("END:VCALENDAR")
    assert ben("GET", calendar + "?export").status == 404
