"""expand: each occurrence in UTC with RECURRENCE-ID, no rule, and DTEND or DURATION but never both."""
from dav import event, xml_doc


def it_is_so(ann, calendar):
    by_end = event("a", "20260105T090000", "20260105T100000", extra="RRULE:FREQ=DAILY;COUNT=3\r\n").replace(
        "DTSTART:", "DTSTART;TZID=Europe/Berlin:").replace("DTEND:", "DTEND;TZID=Europe/Berlin:")
    by_duration = by_end.replace("UID:a", "UID:b").replace("DTEND;TZID=Europe/Berlin:20260105T100000", "DURATION:PT1H")
    ann.put_event(calendar + "a.ics", by_end)
    ann.put_event(calendar + "b.ics", by_duration)
    answer = ann.report(calendar, xml_doc(
        "C:calendar-query", "<D:prop><C:calendar-data><C:expand start='20260101T000000Z' end='20260201T000000Z'/>"
        "</C:calendar-data></D:prop><C:filter><C:comp-filter name='VCALENDAR'><C:comp-filter name='VEVENT'>"
        "<C:time-range start='20260101T000000Z' end='20260201T000000Z'/></C:comp-filter></C:comp-filter></C:filter>"))
    assert len(answer.responses()) == 2
    for entry in answer.responses().values():
        text = entry["props"]["C:calendar-data"].text.replace("\r\n", "\n")
        events = text.split("BEGIN:VEVENT")[1:]
        assert len(events) == 3 and "RRULE" not in text and "VTIMEZONE" not in text
        for n, one in enumerate(events):
            assert f"DTSTART:2026010{5 + n}T080000Z\n" in one
            assert f"RECURRENCE-ID:2026010{5 + n}T080000Z\n" in one
            assert ("DTEND" in one) != ("DURATION" in one)
