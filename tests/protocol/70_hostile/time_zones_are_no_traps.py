"""VTIMEZONEs with endless rules, thousands of observances, absurd offsets or names of files: refused or cheap."""
import time

from dav import event, xml_doc


def zone(inside, tzid="Own/Zone"):
    return f"BEGIN:VTIMEZONE\r\nTZID:{tzid}\r\n{inside}END:VTIMEZONE\r\n"


def observance(n=0, rule="", offset="+0100"):
    return (f"BEGIN:STANDARD\r\nDTSTART:{1900 + n % 200}0101T{n // 200:02}0000\r\n{rule}TZOFFSETFROM:+0000\r\n"
            f"TZOFFSETTO:{offset}\r\nEND:STANDARD\r\n")


ZONES = {
    "secondly": zone(observance(rule="RRULE:FREQ=SECONDLY\r\n")),
    "hourly": zone(observance(rule="RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30\r\n")),
    "many": zone("".join(observance(n) for n in range(4000))),
    "offsets": zone(observance(offset="+9999")),
    "no-offset": zone("BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nEND:STANDARD\r\n"),
    "empty": zone(""),
    "path": zone(observance(), "../../etc/passwd"),
    "long": zone(observance(), "x" * 60000),
    "nul-ish": zone(observance(), "Europe/Berlin%00"),
}


def test_in_objects(ann, calendar):
    for name, text in ZONES.items():
        tzid = text.split("TZID:")[1].split("\r\n")[0]
        body = event(name, "20260101T090000", "20260101T100000", extra="RRULE:FREQ=DAILY\r\n").replace(
            "DTSTART:", f"DTSTART;TZID={tzid}:").replace("BEGIN:VEVENT", text + "BEGIN:VEVENT", 1)
        began = time.monotonic()
        answer = ann.put_event(f"{calendar}{name}.ics", body)
        assert answer.status in (201, 403), (name, answer.text)
        found = ann.report(calendar, xml_doc(
            "C:calendar-query", "<D:prop><C:calendar-data><C:expand start='20270101T000000Z' end='20280101T000000Z'/>"
            "</C:calendar-data></D:prop><C:filter><C:comp-filter name='VCALENDAR'><C:comp-filter name='VEVENT'>"
            "<C:time-range start='20270101T000000Z' end='20280101T000000Z'/></C:comp-filter></C:comp-filter></C:filter>"))
        assert found.status == 207 and time.monotonic() - began < 10, name
        ann("DELETE", f"{calendar}{name}.ics")


def test_in_properties_and_queries(ann, calendar):
    for name, text in ZONES.items():
        whole = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + text + "END:VCALENDAR\r\n"
        began = time.monotonic()
        answer = ann("PROPPATCH", calendar, xml_doc(
            "D:propertyupdate", f"<D:set><D:prop><C:calendar-timezone>{whole}</C:calendar-timezone></D:prop></D:set>"),
            Content_Type="text/xml")
        assert answer.status == 207, name
        answer = ann.report(calendar, xml_doc(
            "C:calendar-query", "<D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name='VCALENDAR'><C:comp-filter "
            "name='VEVENT'><C:time-range start='20270101T000000Z' end='20280101T000000Z'/></C:comp-filter></C:comp-filter>"
            f"</C:filter><C:timezone>{whole}</C:timezone>"))
        assert answer.status in (207, 400, 403), name
        assert time.monotonic() - began < 10, name
