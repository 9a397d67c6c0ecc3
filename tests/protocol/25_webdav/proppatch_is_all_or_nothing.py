"""One protected property refuses the whole PROPPATCH: 403 there, 424 for the others."""
from dav import xml_doc


def it_is_whole(ann, folder):
    done = ann("PROPPATCH", folder, xml_doc(
        "D:propertyupdate", "<D:set><D:prop><D:displayname>New</D:displayname><D:getetag>x</D:getetag>"
        "<D:resourcetype/></D:prop></D:set>"), Content_Type="application/xml")
    missing = done.responses()[folder]["missing"]
    assert missing["D:displayname"] == 424 and missing["D:resourcetype"] == 403
    assert ann.propfind(folder, "D:displayname").responses()[folder]["props"]["D:displayname"].text != "New"
