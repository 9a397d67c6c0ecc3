"""current-user-privilege-set names DAV:write and its parts; bind on the home lets make collections."""
from dav import short, xml_doc

LEAVES = {"D:write-content", "D:write-properties", "D:bind", "D:unbind"}


def rights(client, path):
    props = client.propfind(path, "D:current-user-privilege-set").responses()[path]["props"]
    return {short(p[0].tag) for p in props["D:current-user-privilege-set"]}


def grant(client, path, *names):
    inside = "".join(f"<D:privilege><D:{n}/></D:privilege>" for n in names)
    assert client("ACL", path, xml_doc(
        "D:acl", "<D:ace><D:principal><D:href>/principals/users/ben/</D:href></D:principal>"
        f"<D:grant>{inside}</D:grant></D:ace>"), Content_Type="application/xml").status == 200


def it_names_both(ann, ben, calendar):
    assert {"D:all", "D:read", "D:write"} | LEAVES <= rights(ann, calendar)
    assert "D:bind" in rights(ann, "/calendars/ann/")
    grant(ann, calendar, "read")
    assert "D:read" in rights(ben, calendar)
    assert not rights(ben, calendar) & ({"D:all", "D:write"} | LEAVES)
    # Granted as one or by its parts, it is the same to the client.
    grant(ann, calendar, "read", "write")
    assert {"D:write"} | LEAVES <= rights(ben, calendar)
    grant(ann, calendar, "read", "write-content", "write-properties", "bind", "unbind")
    assert {"D:write"} | LEAVES <= rights(ben, calendar)
    grant(ann, calendar, "read", "write-content")
    assert rights(ben, calendar) & ({"D:write"} | LEAVES) == {"D:write-content"}
