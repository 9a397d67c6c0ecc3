"""free-busy-query merges what is busy and leaves out what is transparent or cancelled."""
from dav import event, xml_doc


def it_merges(ann, calendar):
    ann.put_event(calendar + "a.ics", event("a", "20261124T090000Z", "20261124T100000Z"))
    ann.put_event(calendar + "b.ics", event("b", "20261124T093000Z", "20261124T110000Z"))
    ann.put_event(calendar + "c.ics", event("c", "20261124T120000Z", "20261124T130000Z",
                                            extra="TRANSP:TRANSPARENT\r\n"))
    ann.put_event(calendar + "d.ics", event("d", "20261124T140000Z", "20261124T150000Z",
                                            extra="STATUS:CANCELLED\r\n"))
    answer = ann.report(calendar, xml_doc(
        "C:free-busy-query", '<C:time-range start="20261124T000000Z" end="20261125T000000Z"/>'))
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/calendar")
    lines = [line for line in answer.text.splitlines() if line.startswith("FREEBUSY")]
    assert len(lines) == 1, answer.text
    assert lines[0].endswith((":20261124T090000Z/20261124T110000Z", ":20261124T090000Z/PT2H"))
