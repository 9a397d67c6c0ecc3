"""calendar-query with only a start or only an end, of one kind of component; no match is a 207 with nothing."""
import pytest
from dav import event, todo, xml_doc


def query(client, path, component, attributes):
    return client.report(path, xml_doc(
        "C:calendar-query", "<D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name='VCALENDAR'>"
        f"<C:comp-filter name='{component}'><C:time-range {attributes}/></C:comp-filter></C:comp-filter></C:filter>"))


@pytest.mark.parametrize("component, attributes, names", [
    ("VEVENT", "start='20260601T000000Z'", {"late.ics"}),
    ("VEVENT", "end='20260601T000000Z'", {"early.ics"}),
    ("VEVENT", "start='20300101T000000Z'", set()),
    ("VTODO", "start='20200101T000000Z'", {"todo.ics"}),
])
def it_is_answered(ann, calendar, component, attributes, names):
    ann.put_event(calendar + "early.ics", event("early", "20260101T090000Z", "20260101T100000Z"))
    ann.put_event(calendar + "late.ics", event("late", "20261201T090000Z", "20261201T100000Z"))
    ann.put_event(calendar + "todo.ics", todo("todo", extra="DUE:20261201T100000Z\r\n"))
    answer = query(ann, calendar, component, attributes)
    assert answer.status == 207
    assert {h[len(calendar):] for h in answer.responses()} == names
