"""`@` and `%40` in a path are the same resource, listed in one form."""
from dav import event


def it_is_one_resource(ann, calendar):
    assert ann.put_event(calendar + "a%40b.ics", event("a@b")).status == 201
    assert ann("GET", calendar + "a@b.ics").status == 200
    assert ann.put_event(calendar + "a@b.ics", event("a@b", summary="Two")).status == 204
    assert len(ann.sync(calendar).responses()) == 1
    assert list(ann.propfind(calendar, "D:getetag", depth=1).responses()) == [
        calendar, calendar + "a@b.ics"]
