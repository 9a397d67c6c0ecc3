"""RFC 3744 9.2: properties of every principal in the access list, inherited entries too, each once."""
from dav import event, xml_doc

REPORT = xml_doc("D:acl-principal-prop-set", "<D:prop><D:displayname/></D:prop>")


def grant(client, path, *principals):
    aces = "".join(f"<D:ace><D:principal><D:href>{p}</D:href></D:principal>"
                   "<D:grant><D:privilege><D:read/></D:privilege></D:grant></D:ace>" for p in principals)
    assert client("ACL", path, xml_doc("D:acl", aces), Content_Type="application/xml").status == 200


def it_tells(ann, calendar):
    grant(ann, calendar, "/principals/users/ben/", "/principals/groups/sales/", "/principals/users/ben/")
    ann.put_event(calendar + "a.ics", event("a"))
    named = {"/principals/users/ann/", "/principals/users/ben/", "/principals/groups/sales/"}
    for path in (calendar, calendar + "a.ics"):
        answer = ann.report(path, REPORT, depth=0)
        assert set(answer.responses()) == named, path
        assert len(answer.xml.findall("{DAV:}response")) == 3
    assert answer.responses()["/principals/users/ben/"]["props"]["D:displayname"].text == "Ben Brandt"


def it_is_for_readers_of_the_list(ann, ben, calendar):
    grant(ann, calendar, "/principals/users/ben/")
    answer = ben.report(calendar, REPORT, depth=0)
    assert answer.status == 403 and answer.condition() == "D:need-privileges"


def it_wants_to_know_of_what(ann, calendar):
    assert ann.report(calendar, xml_doc("D:acl-principal-prop-set", "<D:all/>"), depth=0).status == 400


def it_answers_on_principals_too(ann):
    for path in ("/", "/principals/", "/principals/users/", "/principals/users/ann/"):
        assert ann.report(path, REPORT, depth=0).status == 207, path
