"""Collections end in a slash, and the request URL is told from its members by its href."""
from dav import event


def it_is_told(ann, calendar):
    ann.put_event(calendar + "a.ics", event("a"))
    assert set(ann.propfind(calendar, "D:getetag", depth=1).responses()) == {
        calendar, calendar + "a.ics"}
    bare, = ann.propfind(calendar[:-1], "D:getetag").responses()
    assert bare in (calendar, calendar[:-1])
