"""100,000 properties, parameters, components or values, and lines of megabytes: a refusal or a moment, never a stall."""
import time

import pytest
from dav import card, event

MANY = 100000
EVENTS = {
    "properties": event("a", extra="X-A:1\r\n" * MANY),
    "parameters": event("a", extra="X-A" + ";P=1" * MANY + ":1\r\n"),
    "alarms": event("a", extra="BEGIN:VALARM\r\nACTION:AUDIO\r\nTRIGGER:PT0S\r\nEND:VALARM\r\n" * MANY),
    "nesting": event("a", extra="BEGIN:X-A\r\n" * MANY + "END:X-A\r\n" * MANY),
    "exdates": event("a", extra="RRULE:FREQ=DAILY\r\nEXDATE:" + ",".join(["20270101T090000Z"] * MANY) + "\r\n"),
    "rdates": event("a", extra="RDATE:" + ",".join(f"{20000101 + n}T000000Z" for n in range(MANY)) + "\r\n"),
    "by-values": event("a", extra="RRULE:FREQ=DAILY;BYMINUTE=" + ",".join(["1"] * MANY) + "\r\n"),
    "attendees": event("a", extra="".join(f"ATTENDEE:mailto:a{n}@example.com\r\n" for n in range(MANY))),
    "overrides": event("a", extra="RRULE:FREQ=DAILY\r\n").replace("END:VCALENDAR\r\n", "")
    + "BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID:20270101T090000Z\r\nDTSTART:20270101T090000Z\r\nEND:VEVENT\r\n" * MANY
    + "END:VCALENDAR\r\n",
    "line": event("a", extra="DESCRIPTION:" + "x" * 8000000 + "\r\n"),
    "folds": event("a", extra="DESCRIPTION:" + "x\r\n " * 1000000 + "\r\n"),
}
CARDS = {
    "properties": card("a", extra="X-A:1\r\n" * MANY),
    "parameters": card("a", extra="TEL" + ";TYPE=a" * MANY + ":1\r\n"),
    "types": card("a", extra="TEL;TYPE=" + ",".join(["a"] * MANY) + ":1\r\n"),
    "groups": card("a", extra="".join(f"item{n}.TEL:1\r\n" for n in range(MANY))),
    "fields": card("a", extra="ORG:" + ";" * MANY + "\r\n"),
    "line": card("a", extra="NOTE:" + "x" * 8000000 + "\r\n"),
}
PATIENCE = 10


def check(answer, began, what):
    assert time.monotonic() - began < PATIENCE, what
    assert answer.status in (201, 403, 413), (what, answer.status, answer.text[:200])
    return answer.status


@pytest.mark.parametrize("what", EVENTS)
def it_holds_for_events(ann, calendar, what):
    began = time.monotonic()
    stored = check(ann.put_event(calendar + "a.ics", EVENTS[what]), began, what) == 201
    began = time.monotonic()
    answer = ann.report(calendar, """<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop>
        <D:getetag/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range
        start="20261101T000000Z" end="20270301T000000Z"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>""")
    assert answer.status == 207 and len(answer.responses()) == stored
    assert time.monotonic() - began < PATIENCE


@pytest.mark.parametrize("what", CARDS)
def it_holds_for_cards(ann, book, what):
    began = time.monotonic()
    check(ann.put_card(book + "a.vcf", CARDS[what]), began, what)
    began = time.monotonic()
    answer = ann.report(book, """<C:addressbook-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:prop>
        <D:getetag/></D:prop><C:filter><C:prop-filter name="NOTE"><C:text-match>zzz</C:text-match></C:prop-filter>
        </C:filter></C:addressbook-query>""")
    assert answer.status == 207 and not answer.responses()
    assert time.monotonic() - began < PATIENCE
