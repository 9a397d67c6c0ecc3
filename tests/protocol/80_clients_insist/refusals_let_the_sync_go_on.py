"""A taken UID is 409 no-uid-conflict with the other's href, a missing right 403 need-privileges: never 400 or 500."""
from dav import NS, card, event, xml_doc


def it_names_the_other(ann, calendar, book):
    for path, put, make, prefix in ((calendar, ann.put_event, event, "C"), (book, ann.put_card, card, "CR")):
        assert put(path + "a", make("one")).status == 201
        answer = put(path + "b", make("one"))
        assert answer.status == 409 and answer.condition() == prefix + ":no-uid-conflict"
        assert answer.xml.find(".//D:href", NS).text == path + "a"


def it_names_the_right(ann, ben, calendar):
    assert ann("ACL", calendar, xml_doc(
        "D:acl", "<D:ace><D:principal><D:href>/principals/users/ben/</D:href></D:principal>"
        "<D:grant><D:privilege><D:read/></D:privilege></D:grant></D:ace>"),
        Content_Type="application/xml").status == 200
    ann.put_event(calendar + "a.ics", event("a"))
    for answer in (ben.put_event(calendar + "b.ics", event("b")), ben.put_event(calendar + "a.ics", event("a")),
                   ben("DELETE", calendar + "a.ics")):
        assert answer.status == 403 and answer.condition() == "D:need-privileges"
