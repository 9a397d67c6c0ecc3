"""Rules that never end or hardly ever hit are refused, or cost a moment, whatever is asked of them."""
import time

from dav import event, xml_doc

EVER = "start='19000101T000000Z' end='21000101T000000Z'"
RULES = ["FREQ=SECONDLY", "FREQ=SECONDLY;COUNT=1000000000", "FREQ=DAILY", "FREQ=HOURLY", "FREQ=DAILY;COUNT=10000",
         "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=3;BYMINUTE=7",
         "FREQ=SECONDLY;BYSECOND=3;BYMONTH=7;BYMONTHDAY=31;BYHOUR=1;BYMINUTE=1;BYDAY=MO",
         "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"]


def asked(who, calendar, props):
    began = time.monotonic()
    answer = who.report(calendar, xml_doc(
        "C:calendar-query", f"<D:prop>{props}</D:prop><C:filter><C:comp-filter name='VCALENDAR'>"
        f"<C:comp-filter name='VEVENT'><C:time-range {EVER}/></C:comp-filter></C:comp-filter></C:filter>"))
    assert time.monotonic() - began < 10
    return answer


def it_holds(ann, calendar):
    for i, rule in enumerate(RULES):
        put = ann.put_event(f"{calendar}{i}.ics", event(
            f"u{i}", "19000101T000000Z", "19000101T000100Z", extra=f"RRULE:{rule}\r\n"))
        assert put.status in (201, 403), put.status
        assert put.status == 201 or put.condition() in ("C:max-instances", "C:valid-calendar-data")
    assert ann("GET", calendar + "0.ics").status == 404
    assert ann("GET", calendar + "1.ics").status == 404
    assert asked(ann, calendar, "<D:getetag/>").status == 207
    assert asked(ann, calendar, f"<C:calendar-data><C:expand {EVER}/></C:calendar-data>").status == 207
    busy = ann.report(calendar, xml_doc("C:free-busy-query", f"<C:time-range {EVER}/>"))
    assert busy.status in (200, 403)
