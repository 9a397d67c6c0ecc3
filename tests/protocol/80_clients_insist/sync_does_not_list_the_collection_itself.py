"""sync-collection lists members only, each with its resourcetype when asked."""
from dav import event, xml_doc


def it_lists_members(ann, calendar):
    ann.put_event(calendar + "a.ics", event("a"))
    ann("PROPPATCH", calendar, xml_doc(
        "D:propertyupdate", "<D:set><D:prop><D:displayname>New</D:displayname></D:prop></D:set>"),
        Content_Type="text/xml")
    found = ann.sync(calendar, props="<D:resourcetype/><D:getetag/>").responses()
    assert list(found) == [calendar + "a.ics"]
    assert len(found[calendar + "a.ics"]["props"]["D:resourcetype"]) == 0
