"""RFC 6578 6: a report without its elements, or with others than it knows, is 400; on what has no members it is not offered."""
import pytest
from dav import event, xml_doc

TOKEN, LEVEL, PROP = "<D:sync-token/>", "<D:sync-level>1</D:sync-level>", "<D:prop><D:getetag/></D:prop>"


@pytest.mark.parametrize("inside", [
    LEVEL + PROP,
    TOKEN + "<D:sync-level>2</D:sync-level>" + PROP,
    TOKEN + LEVEL + "<D:limit><D:nresults>0</D:nresults></D:limit>" + PROP,
    TOKEN + LEVEL + "<D:limit><D:nresults>-1</D:nresults></D:limit>" + PROP,
    TOKEN + LEVEL + "<D:limit><D:nresults>many</D:nresults></D:limit>" + PROP,
])
def it_is_400(ann, calendar, inside):
    assert ann.report(calendar, xml_doc("D:sync-collection", inside), depth=0).status == 400


def it_is_for_collections(ann, calendar):
    ann.put_event(calendar + "a.ics", event("a"))
    for path in (calendar + "a.ics", "/principals/users/", "/calendars/"):
        answer = ann.sync(path)
        assert answer.status == 403 and answer.condition() == "D:supported-report", path
        entry = ann.propfind(path, "D:supported-report-set", "D:sync-token").responses()[path]
        assert not entry["props"]["D:supported-report-set"].findall(".//{DAV:}sync-collection")
        assert entry["missing"] == {"D:sync-token": 404}
