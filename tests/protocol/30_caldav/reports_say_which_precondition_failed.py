"""RFC 4791 7.8 to 7.10, RFC 7809 3.1.6: what a report cannot do is told by the precondition that failed."""
import pytest
from dav import event, xml_doc

VEVENT = "<C:filter><C:comp-filter name='VCALENDAR'><C:comp-filter name='VEVENT'>%s</C:comp-filter></C:comp-filter></C:filter>"
ALL = VEVENT % ""
ETAG = "<D:getetag/>"


@pytest.mark.parametrize("prop, rest, condition", [
    ("<C:calendar-data content-type='text/html'/>", ALL, "C:supported-calendar-data"),
    ("<C:calendar-data content-type='text/calendar' version='3.0'/>", ALL, "C:supported-calendar-data"),
    (ETAG, ALL + "<C:timezone>nonsense</C:timezone>", "C:valid-calendar-data"),
    (ETAG, ALL + "<C:timezone-id>Nowhere/Land</C:timezone-id>", "C:valid-timezone"),
    (ETAG, VEVENT % "<C:time-range start='20260101T000000'/>", "C:valid-filter"),
    (ETAG, VEVENT % "<C:time-range start='20260201T000000Z' end='20260101T000000Z'/>", "C:valid-filter"),
    (ETAG, VEVENT % "<C:time-range start='17000101T000000Z' end='18000101T000000Z'/>", "C:min-date-time"),
    (ETAG, VEVENT % "<C:time-range end='18991231T235959Z'/>", "C:min-date-time"),
    (ETAG, VEVENT % "<C:time-range start='21010101T000000Z'/>", "C:max-date-time"),
    (ETAG, VEVENT % "<C:prop-filter name='DTSTART'><C:time-range start='29000101T000000Z'/></C:prop-filter>",
     "C:max-date-time"),
    (ETAG, "<C:filter><C:comp-filter name='VEVENT'/></C:filter>", "C:valid-filter"),
    (ETAG, "<C:filter/>", "C:valid-filter"),
    (ETAG, "", "C:valid-filter"),
    (ETAG, VEVENT % "<C:prop-filter name='SUMMARY'><C:text-match collation='i;none'>a</C:text-match></C:prop-filter>",
     "C:supported-collation"),
])
def it_says(ann, calendar, prop, rest, condition):
    answer = ann.report(calendar, xml_doc("C:calendar-query", f"<D:prop>{prop}</D:prop>{rest}"))
    assert answer.status == 403 and answer.condition() == condition, answer.text


def it_says_of_multiget(ann, calendar):
    ann.put_event(calendar + "a.ics", event("a"))
    answer = ann.report(calendar, xml_doc(
        "C:calendar-multiget", "<D:prop><C:calendar-data content-type='text/html'/></D:prop>"
        f"<D:href>{calendar}a.ics</D:href>"))
    assert answer.status == 403 and answer.condition() == "C:supported-calendar-data"
    assert ann.report(calendar, xml_doc("C:calendar-multiget", "<D:prop><D:getetag/></D:prop>")).status == 400


@pytest.mark.parametrize("inside", ["", "<C:time-range/>", "<C:time-range start='x' end='y'/>",
                                    "<C:time-range start='20260101T000000Z'/>"])
def it_wants_a_range_for_busy_time(ann, calendar, inside):
    assert ann.report(calendar, xml_doc("C:free-busy-query", inside)).status in (400, 403)


@pytest.mark.parametrize("start, end, condition", [
    ("17000101T000000Z", "18000101T000000Z", "C:min-date-time"), ("21010101T000000Z", "21020101T000000Z", "C:max-date-time")])
def it_says_where_no_busy_time_is_kept(ann, calendar, start, end, condition):
    answer = ann.report(calendar, xml_doc("C:free-busy-query", f"<C:time-range start='{start}' end='{end}'/>"))
    assert answer.status == 403 and answer.condition() == condition


def it_answers_where_some_of_the_range_is_kept(ann, calendar):
    for span in ("start='00010101T000000Z' end='99991231T235959Z'", "start='00010101T000000Z'", "end='99991231T235959Z'"):
        answer = ann.report(calendar, xml_doc("C:calendar-query", f"<D:prop>{ETAG}</D:prop>" + VEVENT % f"<C:time-range {span}/>"))
        assert answer.status == 207, span
