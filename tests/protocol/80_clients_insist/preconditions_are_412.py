"""If-None-Match: * and a stale If-Match are 412; deleting what is gone is 404."""
from dav import event


def it_is_412(ann, calendar):
    path = calendar + "a.ics"
    first = ann.put_event(path, event("a"), If_None_Match="*")
    assert first.status == 201 and "Location" not in first.headers
    assert ann.put_event(path, event("a"), If_None_Match="*").status == 412
    second = ann.put_event(path, event("a", summary="New"), If_Match=first.etag)
    assert second.status == 204 and second.etag != first.etag
    assert ann.put_event(path, event("a"), If_Match=first.etag).status == 412
    assert ann("DELETE", path, If_Match=first.etag).status == 412
    entry, = ann.propfind(path, "D:getetag").responses().values()
    assert entry["props"]["D:getetag"].text == second.etag
    assert ann("DELETE", path, If_Match=second.etag).status == 204
    assert ann("DELETE", path).status == 404
    assert ann.put_event(path, event("a"), If_Match=second.etag).status == 412
