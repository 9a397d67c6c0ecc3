"""RFC 7953 4: of several VAVAILABILITY objects the one with the higher PRIORITY says what holds; events come on top."""
from dav import event, xml_doc


def availability(uid, priority, start, end, inner=""):
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VAVAILABILITY\r\n"
            f"UID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n{priority}DTSTART:{start}\r\nDTEND:{end}\r\n{inner}"
            "END:VAVAILABILITY\r\nEND:VCALENDAR\r\n")


def available(uid, start, end):
    return (f"BEGIN:AVAILABLE\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{start}\r\nDTEND:{end}\r\n"
            "END:AVAILABLE\r\n")


def test_it_wins(ann, calendar):
    day = "20260601T%s0000Z"
    for name, body in {
            "never": availability("never", "", day % "00", day % "23"),
            "office": availability("office", "PRIORITY:5\r\n", day % "08", day % "18",
                                   available("a", day % "09", day % "17")),
            "dentist": availability("dentist", "PRIORITY:1\r\nBUSYTYPE:BUSY\r\n", day % "10", day % "11"),
            "meeting": event("meeting", day % "16", day % "19")}.items():
        assert ann.put_event(f"{calendar}{name}.ics", body).status == 201, name
    answer = ann.report(calendar, xml_doc(
        "C:free-busy-query", "<C:time-range start='20260601T000000Z' end='20260601T230000Z'/>"))
    assert answer.status == 200
    told = sorted(line.split("FBTYPE=")[1] for line in answer.text.split("\r\n") if line.startswith("FREEBUSY"))
    assert told == ["BUSY-UNAVAILABLE:20260601T000000Z/20260601T090000Z",
                    "BUSY-UNAVAILABLE:20260601T190000Z/20260601T230000Z",
                    "BUSY:20260601T100000Z/20260601T110000Z", "BUSY:20260601T160000Z/20260601T190000Z"]
