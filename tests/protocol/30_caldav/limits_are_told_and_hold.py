"""RFC 4791 5.2.5 to 5.2.9: each limit is a property, and what goes past it meets its precondition."""
import pytest

import dav


@pytest.fixture(scope="module")
def strict():
    one = dav.Server(settings=["limits.resource=20000", "limits.attendees=5", "limits.instances=50", "limits.min_year=2000",
                               "limits.max_year=2050"]).start()
    yield one.client("ann")
    one.remove()


CAL, BOOK = "/calendars/ann/calendar/", "/addressbooks/ann/contacts/"


def test_they_are_told(strict):
    props = strict.propfind(CAL, "C:max-resource-size", "C:min-date-time", "C:max-date-time", "C:max-instances",
                            "C:max-attendees-per-instance").responses()[CAL]["props"]
    assert [p.text for p in props.values()] == ["20000", "20000101T000000Z", "20501231T235959Z", "50", "5"]
    props = strict.propfind(BOOK, "CR:max-resource-size").responses()[BOOK]["props"]
    assert props["CR:max-resource-size"].text == "20000"


@pytest.mark.parametrize("body, condition", [
    (dav.event("a", extra="X-A:" + "y" * 20000 + "\r\n"), "C:max-resource-size"),
    (dav.event("a", extra="".join(f"ATTENDEE:mailto:{n}@example.com\r\n" for n in range(6))),
     "C:max-attendees-per-instance"),
    (dav.event("a", "19991231T090000Z", "19991231T100000Z"), "C:min-date-time"),
    (dav.event("a", "20510101T090000Z", "20510101T100000Z"), "C:max-date-time"),
    (dav.event("a", extra="RRULE:FREQ=SECONDLY\r\n"), "C:max-instances"),
])
def test_they_hold(strict, body, condition):
    answer = strict.put_event(CAL + "a.ics", body)
    assert answer.status == 403 and answer.condition() == condition, answer.text
    assert strict("GET", CAL + "a.ics").status == 404


def test_what_is_within_is_taken(strict):
    body = dav.event("in", extra="".join(f"ATTENDEE:mailto:{n}@example.com\r\n" for n in range(5)))
    assert strict.put_event(CAL + "in.ics", body).status == 201
    answer = strict.put_card(BOOK + "a.vcf", dav.card("a", extra="NOTE:" + "y" * 20000 + "\r\n"))
    assert answer.status == 403 and answer.condition() == "CR:max-resource-size"
