"""sync-collection comes with Depth 0, 1 or none; the empty token in both spellings."""
import pytest

from dav import event, xml_doc


@pytest.mark.parametrize("depth", ["0", "1"])
@pytest.mark.parametrize("token", ["<D:sync-token/>", "<D:sync-token></D:sync-token>"])
def it_answers(ann, calendar, depth, token):
    ann.put_event(calendar + "a.ics", event("a"))
    ann.put_event(calendar + "b.ics", event("b"))
    ann("DELETE", calendar + "b.ics")
    answer = ann.report(calendar, xml_doc(
        "D:sync-collection", token + "<D:sync-level>1</D:sync-level><D:prop><D:getetag/>"
        "<D:getcontenttype/></D:prop>"), depth=depth)
    assert answer.status == 207
    assert list(answer.responses()) == [calendar + "a.ics"]
    assert answer.xml[-1].tag == "{DAV:}sync-token" and ":" in answer.sync_token()
    kind = answer.responses()[calendar + "a.ics"]["props"]["D:getcontenttype"].text
    assert kind.startswith("text/calendar") and "component=VEVENT" in kind


def it_takes_the_property_as_token(ann, calendar):
    entry, = ann.propfind(calendar, "D:sync-token").responses().values()
    ann.put_event(calendar + "a.ics", event("a"))
    answer = ann.sync(calendar, entry["props"]["D:sync-token"].text)
    assert list(answer.responses()) == [calendar + "a.ics"]
