"""RFC 4791 7.8, 7.10: on a home, Depth infinity reaches the objects; 0 and 1 only the home and its calendars, which are none."""
import pytest
from dav import event, xml_doc

SPAN = "<C:time-range start='20261101T000000Z' end='20261201T000000Z'/>"
QUERY = xml_doc("C:calendar-query", "<D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name='VCALENDAR'>"
                f"<C:comp-filter name='VEVENT'>{SPAN}</C:comp-filter></C:comp-filter></C:filter>")


@pytest.mark.parametrize("depth, reached", [(0, False), (1, False), ("infinity", True)])
def it_is_so_on_homes(ann, calendar, depth, reached):
    ann.put_event(calendar + "a.ics", event("a"))
    answer = ann.report("/calendars/ann/", QUERY, depth=depth)
    assert answer.status == 207 and (calendar + "a.ics" in answer.responses()) == reached
    busy = ann.report("/calendars/ann/", xml_doc("C:free-busy-query", SPAN), depth=depth)
    assert busy.status == 200 and ("FREEBUSY;" in busy.text) == reached


@pytest.mark.parametrize("depth", [0, 1, "infinity"])
def it_is_all_one_on_calendars(ann, calendar, depth):
    # Clients that ask a calendar with Depth 0, or none, mean what is in it.
    ann.put_event(calendar + "a.ics", event("a"))
    assert list(ann.report(calendar, QUERY, depth=depth).responses()) == [calendar + "a.ics"]
    assert "FREEBUSY;" in ann.report(calendar, xml_doc("C:free-busy-query", SPAN), depth=depth).text
