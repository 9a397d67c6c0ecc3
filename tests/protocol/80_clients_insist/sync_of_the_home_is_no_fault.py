"""sync-collection on the home is answered: the collections in it, and with level infinite what is in them."""
from dav import event


def it_is_answered(ann, calendar):
    ann.put_event(calendar + "a.ics", event("a"))
    for level, wanted, unwanted in (("1", {calendar}, {calendar + "a.ics"}), ("infinite", {calendar, calendar + "a.ics"}, set())):
        answer = ann.sync("/calendars/ann/", level=level)
        found = set(answer.responses())
        assert answer.status == 207 and wanted <= found and not unwanted & found, level
        assert not ann.sync("/calendars/ann/", answer.sync_token(), level=level).responses()
