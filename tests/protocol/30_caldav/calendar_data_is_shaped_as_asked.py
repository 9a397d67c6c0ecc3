"""calendar-data: expand, limit-recurrence-set, parts, jCal, and time zones by reference."""
import json

from dav import event, xml_doc

SERIES = event("s", "20261103T090000Z", "20261103T100000Z", extra="RRULE:FREQ=DAILY;COUNT=5\r\n")
ZONED = event("z", "X", "X").replace(
    "DTSTART:X\r\nDTEND:X", "DTSTART;TZID=Europe/Berlin:20261124T090000\r\nDURATION:PT1H")


def data(who, path, inside="", attributes="", **headers):
    answer = who.report(path.rsplit("/", 1)[0] + "/", xml_doc(
        "C:calendar-multiget",
        f"<D:prop><C:calendar-data {attributes}>{inside}</C:calendar-data></D:prop>"
        f"<D:href>{path}</D:href>"), **headers)
    assert answer.status == 207, answer.text
    return answer.responses()[path]["props"]["C:calendar-data"].text


def it_expands(ann, calendar):
    ann.put_event(calendar + "s.ics", SERIES)
    got = data(ann, calendar + "s.ics", "<C:expand start='20261104T000000Z' end='20261106T000000Z'/>")
    assert got.count("BEGIN:VEVENT") == 2 and "RRULE" not in got
    assert "RECURRENCE-ID:20261104T090000Z" in got and "RECURRENCE-ID:20261105T090000Z" in got


def move_to_tokyo(ann, calendar):
    ann("PROPPATCH", calendar, xml_doc(
        "D:propertyupdate", "<D:set><D:prop><C:calendar-timezone-id>Asia/Tokyo</C:calendar-timezone-id>"
        "</D:prop></D:set>"), Content_Type="application/xml")


def it_expands_local_times_where_the_calendar_is(ann, calendar):
    day = event("d", extra="RRULE:FREQ=DAILY;COUNT=3\r\n").replace(
        "DTSTART:20261124T090000Z\r\nDTEND:20261124T100000Z", "DTSTART:20261124T090000\r\nDURATION:PT1H")
    assert ann.put_event(calendar + "d.ics", day).status == 201
    wanted = "<C:expand start='20261124T000000Z' end='20261124T010000Z'/>"
    assert "BEGIN:VEVENT" not in data(ann, calendar + "d.ics", wanted)
    move_to_tokyo(ann, calendar)
    assert "DTSTART:20261124T090000" in data(ann, calendar + "d.ics", wanted)


def it_limits_local_times_where_the_calendar_is(ann, calendar):
    series = event("l", "20261124T120000", "20261124T130000", extra="RRULE:FREQ=DAILY;COUNT=5\r\n")
    override = event("l", "20261126T040000", "20261126T050000", summary="Early",
                     extra="RECURRENCE-ID:20261126T120000\r\n").split("PRODID:-//Test//EN\r\n")[1]
    assert ann.put_event(calendar + "l.ics", series.replace("END:VCALENDAR\r\n", override)).status == 201
    # Four in the morning in Tokyo is seven in the evening before.
    wanted = "<C:limit-recurrence-set start='20261125T180000Z' end='20261125T200000Z'/>"
    assert "Early" not in data(ann, calendar + "l.ics", wanted)
    move_to_tokyo(ann, calendar)
    assert "Early" in data(ann, calendar + "l.ics", wanted)


def it_gives_parts(ann, calendar):
    ann.put_event(calendar + "s.ics", SERIES)
    got = data(ann, calendar + "s.ics", "<C:comp name='VCALENDAR'><C:prop name='VERSION'/>"
               "<C:comp name='VEVENT'><C:prop name='UID'/></C:comp></C:comp>")
    assert "UID:s" in got and "VERSION:2.0" in got and "SUMMARY" not in got and "PRODID" not in got


def it_speaks_json(ann, calendar):
    ann.put_event(calendar + "s.ics", SERIES)
    assert json.loads(data(ann, calendar + "s.ics",
                           attributes="content-type='application/calendar+json'"))[0] == "vcalendar"
    got = ann("GET", calendar + "s.ics", Accept="application/calendar+json")
    assert got.headers["Content-Type"].startswith("application/calendar+json")
    assert json.loads(got.text)[2][0][0] == "vevent"
    put = ann("PUT", calendar + "j.ics", got.text.replace('"s"', '"from-json"'),
              Content_Type="application/calendar+json")
    assert put.status == 201 and put.etag is None
    assert "UID:from-json" in ann("GET", calendar + "j.ics").text


def it_gives_and_leaves_out_zones(ann, calendar):
    assert ann.put_event(calendar + "z.ics", ZONED).status == 201
    assert "BEGIN:VTIMEZONE" in data(ann, calendar + "z.ics", CalDAV_Timezones="T")
    assert "BEGIN:VTIMEZONE" in ann("GET", calendar + "z.ics", CalDAV_Timezones="T").text
    assert "BEGIN:VTIMEZONE" not in ann("GET", calendar + "z.ics", CalDAV_Timezones="F").text
    assert ann("GET", calendar + "z.ics").text == ZONED
    # RFC 7809 7.1: T or F.
    assert ann("GET", calendar + "z.ics", CalDAV_Timezones="maybe").status == 400


def it_refuses_what_cannot_be_had(ann, calendar):
    ann.put_event(calendar + "s.ics", SERIES)
    for attributes in ("content-type='text/html'", "version='1.0'"):
        bad = ann.report(calendar, xml_doc(
            "C:calendar-multiget", f"<D:prop><C:calendar-data {attributes}/></D:prop>"
            f"<D:href>{calendar}s.ics</D:href>"))
        assert bad.status == 403 and bad.condition() == "C:supported-calendar-data"
