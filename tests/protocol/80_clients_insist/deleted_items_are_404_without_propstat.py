"""sync-collection: changed items have a propstat, deleted ones a status alone; the token stands at the end."""
from dav import NS, event


def it_is_so(ann, calendar):
    for name in "abc":
        ann.put_event(f"{calendar}{name}.ics", event(name))
    token = ann.sync(calendar).sync_token()
    ann("DELETE", calendar + "a.ics")
    ann.put_event(calendar + "b.ics", event("b", summary="New"))
    answer = ann.sync(calendar, token)
    found = answer.responses()
    assert set(found) == {calendar + "a.ics", calendar + "b.ics"}
    gone = found[calendar + "a.ics"]["xml"]
    assert found[calendar + "a.ics"]["status"] == 404 and gone.find("D:propstat", NS) is None
    assert "D:getetag" in found[calendar + "b.ics"]["props"]
    assert found[calendar + "b.ics"]["xml"].find("D:status", NS) is None
    assert answer.xml[-1].tag == "{DAV:}sync-token"
    # Who begins anew sees no ghosts.
    assert set(ann.sync(calendar).responses()) == {calendar + "b.ics", calendar + "c.ics"}
