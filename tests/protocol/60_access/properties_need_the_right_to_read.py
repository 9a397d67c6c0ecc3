"""RFC 3744 appendix B: PROPFIND wants DAV:read; who may see busy time only is told what it is, not what it is called."""
from dav import xml_doc


def grant(client, path, *names):
    inside = "".join(f"<D:privilege><{n}/></D:privilege>" for n in names)
    assert client("ACL", path, xml_doc(
        "D:acl", "<D:ace><D:principal><D:href>/principals/users/ben/</D:href></D:principal>"
        f"<D:grant>{inside}</D:grant></D:ace>"), Content_Type="application/xml").status == 200


def ask(client, path):
    return client.propfind(path, "D:displayname", "CS:getctag", "D:owner", "CS:secret", "D:resourcetype",
                           "D:current-user-principal", "D:current-user-privilege-set", "D:acl").responses()[path]


def it_is_so(ann, ben, calendar):
    assert ann("PROPPATCH", calendar, xml_doc(
        "D:propertyupdate", "<D:set><D:prop><D:displayname>Hidden</D:displayname><CS:secret>x</CS:secret></D:prop>"
        "</D:set>"), Content_Type="text/xml").status == 207
    grant(ann, calendar, "C:read-free-busy")
    entry = ask(ben, calendar)
    assert set(entry["props"]) == {"D:resourcetype", "D:current-user-principal"}
    assert set(entry["missing"].values()) == {403}
    for body in ("<D:allprop/>", "<D:propname/>"):
        answer = ben("PROPFIND", calendar, xml_doc("D:propfind", body), Depth="0", Content_Type="text/xml")
        assert answer.status == 207 and "Hidden" not in answer.text and "secret" not in answer.text
    grant(ann, calendar, "C:read-free-busy", "D:read-current-user-privilege-set", "D:read-acl")
    assert {"D:current-user-privilege-set", "D:acl"} <= set(ask(ben, calendar)["props"])
    grant(ann, calendar, "D:read")
    entry = ask(ben, calendar)
    assert entry["props"]["D:displayname"].text == "Hidden" and "CS:secret" in entry["props"]
    assert entry["missing"] == {"D:acl": 403}


def it_tells_the_group_that_there_is_none(ann, calendar):
    props = ann.propfind(calendar, "D:group", "D:owner").responses()[calendar]["props"]
    assert len(props["D:group"]) == 0 and props["D:owner"][0].text == "/principals/users/ann/"
