"""RFC 4791 5.3.2.1, 4.2: COPY and MOVE meet the preconditions of PUT and of making calendars."""
import pytest
from dav import card, event


@pytest.mark.parametrize("method", ["COPY", "MOVE"])
def it_is_so(ann, calendar, book, method):
    ann.put_event(calendar + "a.ics", event("a"))
    ann.put_card(book + "a.vcf", card("a"))
    for source, to, condition in (
            (calendar + "a.ics", "/calendars/ann/tasks/a.ics", "C:supported-calendar-component"),
            (calendar + "a.ics", book + "b.vcf", "CR:supported-address-data"),
            (book + "a.vcf", calendar + "b.ics", "C:supported-calendar-data"),
            (calendar, "/addressbooks/ann/x/", "C:calendar-collection-location-ok"),
            (calendar, "/files/ann/x/", "C:calendar-collection-location-ok"),
            (book, "/calendars/ann/x/", "CR:addressbook-collection-location-ok")):
        answer = ann(method, source, Destination=to)
        assert answer.status == 403 and answer.condition() == condition, (source, to, answer.text)
        assert ann.propfind(source, "D:resourcetype").status == 207
        assert ann.propfind(to, "D:resourcetype").status == 404


def it_keeps_uids_apart(ann, calendar, book):
    ann.put_event(calendar + "a.ics", event("a"))
    answer = ann("COPY", calendar + "a.ics", Destination=calendar + "b.ics")
    assert answer.status == 409 and answer.condition() == "C:no-uid-conflict"
    assert ann("MOVE", calendar + "a.ics", Destination=calendar + "b.ics").status == 201
    other = calendar[:-1] + "-two/"
    assert ann("MKCALENDAR", other).status == 201
    assert ann.put_event(other + "x.ics", event("a")).status == 201
    answer = ann("MOVE", calendar + "b.ics", Destination=other + "y.ics")
    assert answer.status == 409 and answer.condition() == "C:no-uid-conflict"
    # In the place of the one that has it, it is no conflict.
    assert ann("MOVE", calendar + "b.ics", Destination=other + "x.ics", Overwrite="T").status == 204
    ann.put_card(book + "a.vcf", card("a"))
    answer = ann("COPY", book + "a.vcf", Destination=book + "b.vcf")
    assert answer.status == 409 and answer.condition() == "CR:no-uid-conflict"


def it_takes_calendars_whole(ann, calendar):
    for n in range(3):
        ann.put_event(f"{calendar}{n}.ics", event(str(n)))
    to = calendar[:-1] + "-copy/"
    assert ann("COPY", calendar, Destination=to).status == 201
    assert len(ann.sync(to).responses()) == 3 and len(ann.sync(calendar).responses()) == 3
    assert ann("COPY", calendar, Destination=to, Overwrite="F").status == 412
    assert ann("COPY", calendar, Destination=calendar + "inner/").status == 403
