"""RFC 3744 8.1: the ACL method works on collections; members inherit, and refuse it with 405."""
from dav import event, xml_doc

ACE = ("<D:ace><D:principal><D:href>/principals/users/ben/</D:href></D:principal>"
       "<D:grant><D:privilege><D:read/></D:privilege></D:grant></D:ace>")


def it_is_refused_on_members(ann, calendar):
    ann.put_event(calendar + "a.ics", event("a"))
    answer = ann("ACL", calendar + "a.ics", xml_doc("D:acl", ACE), Content_Type="application/xml")
    assert answer.status == 405
    assert "ACL" not in answer.headers["Allow"].replace(" ", "").split(",")
    assert "ACL" not in ann("OPTIONS", calendar + "a.ics").headers["Allow"].replace(" ", "").split(",")
    assert "ACL" in ann("OPTIONS", calendar).headers["Allow"].replace(" ", "").split(",")


def it_is_inherited_by_members(ann, calendar):
    ann.put_event(calendar + "a.ics", event("a"))
    assert ann("ACL", calendar, xml_doc("D:acl", ACE), Content_Type="application/xml").status == 200
    acl = ann.propfind(calendar + "a.ics", "D:acl").responses()[calendar + "a.ics"]["props"]["D:acl"]
    found = [(a.find(".//{DAV:}principal/{DAV:}href"), a.find("{DAV:}inherited/{DAV:}href")) for a in acl]
    assert ("/principals/users/ben/", calendar) in [
        (who.text, above.text) for who, above in found if who is not None and above is not None]


def it_says_what_it_does_not_take(ann, calendar):
    # RFC 3744 5.6.3 and 8.1.1: what acl-restrictions names is what is refused.
    props = ann.propfind(calendar, "D:acl-restrictions").responses()[calendar]["props"]
    assert [e.tag for e in props["D:acl-restrictions"]] == ["{DAV:}no-invert"]
    inverted = ACE.replace("<D:principal>", "<D:invert><D:principal>").replace(
        "</D:principal>", "</D:principal></D:invert>")
    answer = ann("ACL", calendar, xml_doc("D:acl", inverted), Content_Type="application/xml")
    assert answer.status == 403 and answer.condition() == "D:no-invert"
