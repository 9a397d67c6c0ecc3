"""PROPPATCH keeps names it does not know, with their markup, until they are removed."""
from dav import xml_doc


def patch(client, path, inside):
    return client("PROPPATCH", path, xml_doc("D:propertyupdate", inside), Content_Type="application/xml")


def it_is_kept(ann, folder):
    done = patch(ann, folder, '<D:set><D:prop><x:note xmlns:x="urn:x">a<x:b c="1"/>&#13;</x:note></D:prop></D:set>')
    assert done.status == 207 and "{urn:x}note" in done.responses()[folder]["props"]
    found = ann("PROPFIND", folder, xml_doc("D:propfind", '<D:prop><x:note xmlns:x="urn:x"/></D:prop>'), Depth="0")
    note = found.responses()[folder]["props"]["{urn:x}note"]
    assert note.text == "a" and note[0].tag == "{urn:x}b" and note[0].get("c") == "1" and note[0].tail == "\r"
    patch(ann, folder, '<D:remove><D:prop><x:note xmlns:x="urn:x"/></D:prop></D:remove>')
    gone = ann("PROPFIND", folder, xml_doc("D:propfind", '<D:prop><x:note xmlns:x="urn:x"/></D:prop>'), Depth="0")
    assert gone.responses()[folder]["missing"] == {"{urn:x}note": 404}
