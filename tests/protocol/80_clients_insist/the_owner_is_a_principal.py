"""owner is the href of a principal, written as current-user-principal is: so clients tell what is shared."""
from dav import xml_doc


def hrefs(client, path):
    props = client.propfind(path, "D:owner", "D:current-user-principal").responses()[path]["props"]
    return props["D:owner"][0].text, props["D:current-user-principal"][0].text


def it_tells_own_from_shared(ann, ben, calendar):
    assert ann("ACL", calendar, xml_doc(
        "D:acl", "<D:ace><D:principal><D:href>/principals/users/ben/</D:href></D:principal>"
        "<D:grant><D:privilege><D:read/></D:privilege></D:grant></D:ace>"),
        Content_Type="application/xml").status == 200
    assert hrefs(ann, calendar) == ("/principals/users/ann/", "/principals/users/ann/")
    assert hrefs(ben, calendar) == ("/principals/users/ann/", "/principals/users/ben/")
    assert ann.propfind("/principals/users/ann/", "D:resourcetype").status == 207
