"""Dates that no calendar has, years out of bounds, durations and offsets of ages: a refusal, or nothing that hurts."""
import time

import pytest
from dav import event, todo, xml_doc

TIMES = ["00000000T000000Z", "00010101T000000Z", "16000101T000000Z", "99991231T235959Z", "999991231T000000Z",
         "20260230T100000Z", "20261301T100000Z", "20260100T100000Z", "20260101T250000Z", "20260101T106100Z",
         "20260101T100099Z", "2026-01-01T10:00:00Z", "20260101", "T", "", "-0010101T000000Z", "20260101T100000+0100",
         "20260101T100000Z20260101T100000Z"]
WORDS = ["DURATION:P99999999999999999999D", "DURATION:-PT1H", "DURATION:P1Y", "DURATION:PT", "DURATION:P999999999W",
         "RDATE;VALUE=PERIOD:20260101T000000Z/P999999W", "RRULE:FREQ=YEARLY;INTERVAL=2147483647",
         "RRULE:FREQ=YEARLY;INTERVAL=0", "RRULE:FREQ=YEARLY;COUNT=-1", "RRULE:FREQ=YEARLY;UNTIL=99999999T999999Z",
         "RRULE:FREQ=WEEKLY;BYDAY=99MO", "RRULE:FREQ=YEARLY;BYYEARDAY=400", "RRULE:FREQ=MONTHLY;BYMONTHDAY=32",
         "RRULE:FREQ=YEARLY;BYWEEKNO=54", "RRULE:FREQ=YEARLY;BYMONTH=13", "RRULE:FREQ=NEVERLY", "RRULE:", "RRULE:COUNT=3",
         "EXDATE:99999999T999999Z", "RECURRENCE-ID:00000000T000000Z", "RRULE:RSCALE=BOGUS;FREQ=YEARLY"]
SPAN = "<C:time-range start='19000101T000000Z' end='21000101T000000Z'/>"


def judge(answer):
    assert answer.status in (201, 403), answer.text
    if answer.status == 403:
        assert answer.condition().startswith("C:"), answer.text
    return answer.status == 201


def ask(client, calendar, stored):
    began = time.monotonic()
    for report in (
            xml_doc("C:calendar-query", "<D:prop><C:calendar-data><C:expand start='19000101T000000Z' "
                    "end='21000101T000000Z'/></C:calendar-data></D:prop><C:filter><C:comp-filter name='VCALENDAR'>"
                    f"<C:comp-filter name='VEVENT'>{SPAN}</C:comp-filter></C:comp-filter></C:filter>"),
            xml_doc("C:free-busy-query", SPAN)):
        assert client.report(calendar, report).status in (200, 207, 403)
    assert len(client.sync(calendar).responses()) == stored
    assert time.monotonic() - began < 10


def it_holds_for_times(ann, calendar):
    stored = 0
    for n, when in enumerate(TIMES):
        stored += judge(ann.put_event(f"{calendar}s{n}.ics", event(f"s{n}", start=when)))
        stored += judge(ann.put_event(f"{calendar}e{n}.ics", event(f"e{n}", end=when)))
        stored += judge(ann.put_event(f"{calendar}d{n}.ics", todo(f"d{n}", extra=f"DUE:{when}\r\n")))
    ask(ann, calendar, stored)


def it_holds_for_rules_and_spans(ann, calendar):
    stored = 0
    for n, word in enumerate(WORDS):
        body = event(f"w{n}", extra=word + "\r\n")
        if word.startswith("DURATION"):
            body = body.replace("DTEND:20261124T100000Z\r\n", "")
        stored += judge(ann.put_event(f"{calendar}{n}.ics", body))
    ask(ann, calendar, stored)


def it_names_the_bound(ann, calendar):
    answer = ann.put_event(calendar + "a.ics", event("a", "18000101T000000Z", "18000101T010000Z"))
    assert answer.status == 403 and answer.condition() == "C:min-date-time"
    answer = ann.put_event(calendar + "a.ics", event("a", "22000101T000000Z", "22000101T010000Z"))
    assert answer.status == 403 and answer.condition() == "C:max-date-time"
    answer = ann.put_event(calendar + "a.ics", event("a", extra="RRULE:RSCALE=BOGUS;FREQ=YEARLY\r\n"))
    assert answer.status == 403 and answer.condition() == "C:supported-rscale"


@pytest.mark.parametrize("start, end", [("00000101T000000Z", "99991231T235959Z"), ("10000101T000000Z", "30000101T000000Z"),
                                        ("20270101T000000Z", "20260101T000000Z"), ("20260101", "20270101"), ("x", "y")])
def it_bounds_what_is_asked(ann, calendar, start, end):
    ann.put_event(calendar + "a.ics", event("a", "19700101T000000Z", "19700101T010000Z", extra="RRULE:FREQ=HOURLY\r\n"))
    for what in (f"<C:expand start='{start}' end='{end}'/>", f"<C:limit-recurrence-set start='{start}' end='{end}'/>"):
        began = time.monotonic()
        answer = ann.report(calendar, xml_doc(
            "C:calendar-query", f"<D:prop><C:calendar-data>{what}</C:calendar-data></D:prop><C:filter>"
            "<C:comp-filter name='VCALENDAR'/></C:filter>"))
        assert answer.status in (207, 400, 403), answer.text[:300]
        assert len(answer.body) < 16000000
        assert time.monotonic() - began < 10
