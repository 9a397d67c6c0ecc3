"""calendar-query: a time-range counts occurrences, where overrides are now, and in the zone that the
request or the calendar names."""
from dav import event, xml_doc


def ask(who, where, filters, props="<D:getetag/>", more="", depth=1):
    return who.report(where, xml_doc(
        "C:calendar-query", f"<D:prop>{props}</D:prop><C:filter><C:comp-filter name='VCALENDAR'>"
        f"<C:comp-filter name='VEVENT'>{filters}</C:comp-filter></C:comp-filter></C:filter>{more}"), depth)


def span(start=None, end=None):
    return "<C:time-range%s%s/>" % (f" start='{start}'" if start else "", f" end='{end}'" if end else "")


def names(answer, calendar):
    assert answer.status == 207, answer.text
    return {href[len(calendar):] for href in answer.responses()}


def it_finds_single_events_at_their_edges(ann, calendar):
    ann.put_event(calendar + "a.ics", event("a", "20261124T090000Z", "20261124T100000Z"))
    ann.put_event(calendar + "zero.ics", event("z", "20261124T100000Z", "20261124T100000Z"))
    assert names(ask(ann, calendar, span("20261124T100000Z", "20261124T110000Z")), calendar) == {"zero.ics"}
    assert names(ask(ann, calendar, span("20261124T080000Z", "20261124T090000Z")), calendar) == set()
    assert names(ask(ann, calendar, span("20261124T095959Z", "20261124T100000Z")), calendar) == {"a.ics"}
    assert names(ask(ann, calendar, span("20261124T093000Z")), calendar) == {"a.ics", "zero.ics"}
    assert names(ask(ann, calendar, span(end="20261124T093000Z")), calendar) == {"a.ics"}


def it_finds_series_by_occurrence(ann, calendar):
    override = ("END:VEVENT\r\nBEGIN:VEVENT\r\nUID:s\r\nDTSTAMP:20261101T000000Z\r\n"
                "RECURRENCE-ID:20270105T090000Z\r\nDTSTART:20270106T200000Z\r\nDTEND:20270106T210000Z\r\n")
    ann.put_event(calendar + "s.ics", event(
        "s", "20261103T090000Z", "20261103T100000Z",
        extra="RRULE:FREQ=WEEKLY\r\nEXDATE:20261229T090000Z\r\n" + override))

    def hit(start, end):
        return names(ask(ann, calendar, span(start, end)), calendar) == {"s.ics"}

    assert hit("20361104T000000Z", "20361105T000000Z")
    assert not hit("20361105T000000Z", "20361106T000000Z")
    assert not hit("20261229T000000Z", "20261230T000000Z")
    assert not hit("20270105T000000Z", "20270106T000000Z")
    assert hit("20270106T200000Z", "20270106T203000Z")


def it_reads_days_in_the_zone_of_the_request(ann, calendar):
    day = event("d").replace("DTSTART:20261124T090000Z\r\nDTEND:20261124T100000Z",
                             "DTSTART;VALUE=DATE:20261124")
    assert ann.put_event(calendar + "d.ics", day).status == 201
    late = span("20261124T233000Z", "20261125T003000Z")
    tokyo = "<C:timezone-id>Asia/Tokyo</C:timezone-id>"
    assert names(ask(ann, calendar, late), calendar) == {"d.ics"}
    assert names(ask(ann, calendar, late, more=tokyo), calendar) == set()
    set_id = xml_doc("D:propertyupdate", "<D:set><D:prop><C:calendar-timezone-id>Asia/Tokyo"
                     "</C:calendar-timezone-id></D:prop></D:set>")
    assert ann("PROPPATCH", calendar, set_id, Content_Type="application/xml").status == 207
    assert names(ask(ann, calendar, late), calendar) == set()


def it_searches_a_home(ann, calendar):
    ann.put_event(calendar + "h.ics", event("home-1", "20310101T000000Z", "20310101T010000Z"))
    when = span("20310101T000000Z", "20310102T000000Z")
    assert calendar + "h.ics" in ask(ann, "/calendars/ann/", when, depth="infinity").responses()
    assert ask(ann, "/calendars/ann/", when, depth=0).responses() == {}


def it_refuses_wrong_filters(ann, calendar):
    def condition(*args, **kw):
        answer = ask(ann, calendar, *args, **kw)
        assert answer.status == 403, answer.text
        return answer.condition()

    assert condition(span("20261124", "20261125")) == "C:valid-filter"
    assert condition(span("20261125T000000Z", "20261124T000000Z")) == "C:valid-filter"
    assert condition("<C:prop-filter/>") == "C:valid-filter"
    assert condition("<C:odd-filter name='X'/>") == "C:supported-filter"
    assert condition("<C:prop-filter name='SUMMARY'><C:text-match collation='i;odd'>x</C:text-match>"
                     "</C:prop-filter>") == "C:supported-collation"
    assert condition("", more="<C:timezone-id>Nowhere/Land</C:timezone-id>") == "C:valid-timezone"
    assert condition("", more="<C:timezone>nonsense</C:timezone>") == "C:valid-calendar-data"
    bare = ann.report(calendar, xml_doc("C:calendar-query", "<D:prop><D:getetag/></D:prop>"))
    assert bare.status == 403 and bare.condition() == "C:valid-filter"
