"""A series is found far behind its start, a moved override where it is now; not at EXDATEs or where one left."""
from dav import event, xml_doc


def found(client, path, start, end, more=""):
    return {h[len(path):] for h in client.report(path, xml_doc(
        "C:calendar-query", "<D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name='VCALENDAR'>"
        f"<C:comp-filter name='VEVENT'><C:time-range start='{start}' end='{end}'/></C:comp-filter></C:comp-filter>"
        f"</C:filter>{more}")).responses()}


def it_counts(ann, calendar):
    body = event("a", "20200106T090000Z", "20200106T100000Z",
                 extra="RRULE:FREQ=WEEKLY\r\nEXDATE:20300107T090000Z\r\n")
    moved = event("a", "20300116T150000Z", "20300116T160000Z",
                  extra="RECURRENCE-ID:20300114T090000Z\r\n").split("PRODID:-//Test//EN\r\n")[1]
    assert ann.put_event(calendar + "a.ics", body.replace("END:VCALENDAR\r\n", moved)).status == 201
    assert found(ann, calendar, "20291231T000000Z", "20300101T000000Z") == {"a.ics"}
    assert found(ann, calendar, "20300107T000000Z", "20300108T000000Z") == set()
    assert found(ann, calendar, "20300114T000000Z", "20300115T000000Z") == set()
    assert found(ann, calendar, "20300116T000000Z", "20300117T000000Z") == {"a.ics"}


def it_knows_where_days_begin(ann, calendar):
    day = event("d", "20260701", "20260702").replace("DTSTART:", "DTSTART;VALUE=DATE:").replace(
        "DTEND:", "DTEND;VALUE=DATE:")
    assert ann.put_event(calendar + "d.ics", day).status == 201
    # In Berlin the first of July begins at 22:00 UTC of the day before.
    before = ("20260630T213000Z", "20260630T223000Z")
    assert found(ann, calendar, *before) == set()
    assert found(ann, calendar, *before, "<C:timezone-id>Europe/Berlin</C:timezone-id>") == {"d.ics"}
    assert ann("PROPPATCH", calendar, xml_doc(
        "D:propertyupdate", "<D:set><D:prop><C:calendar-timezone-id>Europe/Berlin</C:calendar-timezone-id>"
        "</D:prop></D:set>"), Content_Type="text/xml").status == 207
    assert found(ann, calendar, *before) == {"d.ics"}
