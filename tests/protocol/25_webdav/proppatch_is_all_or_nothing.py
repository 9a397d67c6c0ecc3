"""One protected property refuses the whole PROPPATCH: 403 there, 424 for the others."""
from dav import xml_doc


def it_is_whole(ann, folder):
    done = ann("PROPPATCH", folder, xml_doc(
        "D:propertyupdate", "<D:set><D:prop><D:displayname>New</D:displayname><D:getetag>x</D:getetag>"
        "<D:resourcetype/></D:prop></D:set>"), Content_Type="application/xml")
    missing = done.responses()[folder]["missing"]
    assert missing["D:displayname"] == 424 and missing["D:resourcetype"] == 403
    assert ann.propfind(folder, "D:displayname").responses()[folder]["props"]["D:displayname"].text != "New"


def it_wants_something_to_do(ann, folder):
    """RFC 4918 14.19, and 14.24: no response without a propstat."""
    for inside in ("", "<D:prop><D:displayname>x</D:displayname></D:prop>"):
        assert ann("PROPPATCH", folder, xml_doc("D:propertyupdate", inside), Content_Type="application/xml").status == 400
    for inside in ("<D:set><D:prop/></D:set>", "<D:remove><D:prop/></D:remove>"):
        answer = ann("PROPPATCH", folder, xml_doc("D:propertyupdate", inside), Content_Type="application/xml")
        assert answer.status == 207 and len(list(answer.xml.iter("{DAV:}propstat"))) == 1
