"""A time range finds occurrences, where they are now, and nothing that is not."""
import pytest

from dav import event, todo, xml_doc


def query(ann, calendar, start=None, end=None, comp="VEVENT", data="<D:getetag/>"):
    bounds = (f' start="{start}"' if start else "") + (f' end="{end}"' if end else "")
    return ann.report(calendar, xml_doc(
        "C:calendar-query", f'<D:prop>{data}</D:prop><C:filter><C:comp-filter name="VCALENDAR">'
        f'<C:comp-filter name="{comp}"><C:time-range{bounds}/></C:comp-filter></C:comp-filter>'
        "</C:filter>"))


def found(*args, **more):
    answer = query(*args, **more)
    assert answer.status == 207, answer.text
    return sorted(h.rsplit("/", 1)[1] for h in answer.responses())


@pytest.fixture
def filled(ann, calendar):
    moved = ("END:VEVENT\r\nBEGIN:VEVENT\r\nUID:moved\r\nDTSTAMP:20261101T000000Z\r\n"
             "RECURRENCE-ID:20261125T090000Z\r\nDTSTART:20261225T090000Z\r\n"
             "DTEND:20261225T100000Z\r\nSUMMARY:Moved\r\n")
    for name, body in {
            "single": event("single"),
            "yearly": event("yearly", "20000229T090000Z", "20000229T100000Z",
                            extra="RRULE:FREQ=YEARLY\r\n"),
            "holes": event("holes", "20270101T090000Z", "20270101T100000Z",
                           extra="RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE:20270102T090000Z\r\n"),
            "moved": event("moved", extra="RRULE:FREQ=DAILY;COUNT=3\r\n" + moved),
            "task": todo("task", extra="DUE:20261124T120000Z\r\n")}.items():
        assert ann.put_event(f"{calendar}{name}.ics", body).status == 201, name
    return calendar


@pytest.mark.parametrize("start, end, names", [
    ("20261124T000000Z", "20261124T235959Z", ["moved.ics", "single.ics"]),
    ("20261124T100000Z", "20261124T235959Z", []),
    ("20280229T000000Z", "20280301T000000Z", ["yearly.ics"]),
    ("20270102T000000Z", "20270103T000000Z", []),
    ("20270103T000000Z", "20270104T000000Z", ["holes.ics"]),
    ("20261125T000000Z", "20261126T000000Z", []),
    ("20261225T000000Z", "20261226T000000Z", ["moved.ics"]),
])
def it_finds(ann, filled, start, end, names):
    assert found(ann, filled, start, end) == names


def it_takes_one_bound(ann, filled):
    assert found(ann, filled, start="20270101T000000Z") == ["holes.ics", "yearly.ics"]
    assert found(ann, filled, end="20010101T000000Z") == ["yearly.ics"]


def it_finds_tasks_alone(ann, filled):
    assert found(ann, filled, "20261124T000000Z", "20261125T000000Z", comp="VTODO") == ["task.ics"]


def it_finds_nothing_in_peace(ann, filled):
    assert found(ann, filled, end="19800101T000000Z") == []


def it_expands(ann, filled):
    answer = query(ann, filled, "20270103T000000Z", "20270104T000000Z", data=(
        '<C:calendar-data><C:expand start="20270101T000000Z" end="20270105T000000Z"/>'
        "</C:calendar-data>"))
    entry, = answer.responses().values()
    text = entry["props"]["C:calendar-data"].text
    assert text.count("BEGIN:VEVENT") == 2 and text.count("RECURRENCE-ID") == 2
    assert "RRULE" not in text and "20270102T09" not in text
