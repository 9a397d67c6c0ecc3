"""A multiget of 100,000 hrefs is refused; one of thousands is answered in a moment, whatever the hrefs are."""
import time

import pytest
from dav import event, xml_doc


def multiget(client, calendar, hrefs):
    return client.report(calendar, xml_doc("C:calendar-multiget", "<D:prop><D:getetag/></D:prop>" + "".join(
        f"<D:href>{h}</D:href>" for h in hrefs)))


def it_refuses_100000(ann, calendar):
    began = time.monotonic()
    answer = multiget(ann, calendar, (f"{calendar}{n}.ics" for n in range(100000)))
    assert answer.status in (403, 413)
    short = multiget(ann, calendar, ("/a" for _ in range(60000)))
    assert short.status in (400, 403, 413)
    assert time.monotonic() - began < 10


def it_answers_thousands(ann, calendar):
    ann.put_event(calendar + "a.ics", event("a"))
    began = time.monotonic()
    answer = multiget(ann, calendar, [f"{calendar}{n}.ics" for n in range(15000)] + [calendar + "a.ics"] * 1000)
    assert answer.status == 207 and time.monotonic() - began < 20
    assert answer.responses()[calendar + "a.ics"]["status"] is None


@pytest.mark.parametrize("href", ["", "/", "..", "/../../etc/passwd", "http://elsewhere.example/a", "javascript:x", "%00",
                                  "/calendars/ann/%2e%2e/ben/calendar/a.ics", "//", "x" * 5000, "/calendars/ann/a%2Fb"])
def it_takes_odd_hrefs_for_missing(ann, calendar, href):
    answer = multiget(ann, calendar, [href])
    assert answer.status == 207
    entry, = answer.responses().values()
    assert entry["status"] == 404


def it_shows_nothing_of_others(ann, ben, calendar):
    ann.put_event(calendar + "a.ics", event("a"))
    answer = multiget(ben, "/calendars/ben/calendar/", [calendar + "a.ics", calendar + "no.ics"])
    assert {e["status"] for e in answer.responses().values()} == {404}
