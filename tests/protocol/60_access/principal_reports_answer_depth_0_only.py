"""RFC 3744 9.2 to 9.5: these reports are defined for Depth 0, which is the preset; others are 400."""
import pytest

from dav import xml_doc

NAME = "<D:prop><D:displayname/></D:prop>"
BODIES = {
    "acl-principal-prop-set": NAME,
    "principal-match": "<D:self/>" + NAME,
    "principal-property-search":
        f"<D:property-search>{NAME}<D:match>Ann</D:match></D:property-search>{NAME}",
    "principal-search-property-set": "",
}


@pytest.mark.parametrize("name", BODIES)
def it_is_so(ann, name):
    body = xml_doc("D:" + name, BODIES[name])
    for depth in ("1", "infinity"):
        assert ann.report("/principals/users/", body, depth=depth).status == 400, depth
    assert ann.report("/principals/users/", body, depth=0).status in (200, 207)
    assert ann("REPORT", "/principals/users/", body).status in (200, 207)


@pytest.mark.parametrize("name", ["acl-principal-prop-set", "principal-match", "principal-property-search"])
def it_takes_one_prop_element(ann, name):
    body = xml_doc("D:" + name, BODIES[name] + "<D:prop><D:owner/></D:prop>")
    assert ann.report("/principals/users/", body, depth=0).status == 400
