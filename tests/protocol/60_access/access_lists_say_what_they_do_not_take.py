"""RFC 3744 8.1.1: each thing that an access list may not say meets its precondition, and the old list stays."""
import pytest
from dav import xml_doc

BEN = "<D:href>/principals/users/ben/</D:href>"


def ace(who=BEN, privileges="<D:read/>", verb="grant"):
    inside = "".join(f"<D:privilege>{p}/></D:privilege>" for p in privileges.split("/>") if p)
    return f"<D:ace><D:principal>{who}</D:principal><D:{verb}>{inside}</D:{verb}></D:ace>"


@pytest.mark.parametrize("aces, condition", [
    (ace(privileges="<D:nonsense/>"), "D:not-supported-privilege"),
    (ace(who="<D:href>/principals/users/nobody/</D:href>"), "D:recognized-principal"),
    (ace(who="<D:href>http://elsewhere.example/x</D:href>"), "D:recognized-principal"),
    (ace(who="<D:href>/calendars/ann/</D:href>"), "D:recognized-principal"),
    (ace(who="<D:nonsense/>"), "D:recognized-principal"),
    (ace(who="<D:self/>"), "D:allowed-principal"),
    (ace(who="<D:property><D:group/></D:property>"), "D:allowed-principal"),
    (ace(who="<D:property><D:owner/></D:property>", verb="deny"), "D:no-protected-ace-conflict"),
    (ace(who="<D:href>/principals/users/ann/</D:href>", verb="deny"), "D:no-protected-ace-conflict"),
    (f"<D:ace><D:invert><D:principal>{BEN}</D:principal></D:invert><D:grant><D:privilege><D:read/></D:privilege></D:grant>"
     "</D:ace>", "D:no-invert"),
    (ace() * 101, "D:limited-number-of-aces"),
])
def it_says(ann, ben, calendar, aces, condition):
    assert ann("ACL", calendar, xml_doc("D:acl", ace()), Content_Type="application/xml").status == 200
    answer = ann("ACL", calendar, xml_doc("D:acl", aces), Content_Type="application/xml")
    assert answer.status == 403 and answer.condition() == condition, answer.text
    assert ben.propfind(calendar, "D:displayname").status == 207


@pytest.mark.parametrize("aces", [
    "<D:ace/>", f"<D:ace><D:principal>{BEN}</D:principal></D:ace>", ace(privileges=""),
    f"<D:ace><D:principal>{BEN}</D:principal><D:grant><D:privilege><D:read/></D:privilege></D:grant><D:deny><D:privilege>"
    "<D:read/></D:privilege></D:deny></D:ace>"])
def it_wants_whole_entries(ann, calendar, aces):
    assert ann("ACL", calendar, xml_doc("D:acl", aces), Content_Type="application/xml").status == 400


def it_takes_the_first_word(ann, ben, calendar):
    # RFC 3744 6: for each privilege the first entry that speaks of it decides; deny and grant in any order.
    for aces, status in ((ace(verb="deny") + ace(), 404), (ace() + ace(verb="deny"), 207),
                         (ace(who="<D:authenticated/>") + ace(verb="deny"), 207), (ace(who="<D:unauthenticated/>"), 404),
                         (ace(who="<D:href>/principals/groups/staff/</D:href>"), 207), (ace(who="<D:all/>"), 207)):
        assert ann("ACL", calendar, xml_doc("D:acl", aces), Content_Type="application/xml").status == 200
        assert ben.propfind(calendar, "D:displayname").status == status, aces


def it_needs_the_right_to(ann, ben, calendar):
    assert ann("ACL", calendar, xml_doc("D:acl", ace(privileges="<D:read/><D:write/>")), Content_Type="application/xml").status == 200
    answer = ben("ACL", calendar, xml_doc("D:acl", ace()), Content_Type="application/xml")
    assert answer.status == 403 and answer.condition() == "D:need-privileges"
    assert answer.xml.find(".//{DAV:}privilege")[0].tag == "{DAV:}write-acl"
    assert answer.xml.find(".//{DAV:}resource/{DAV:}href").text == calendar
