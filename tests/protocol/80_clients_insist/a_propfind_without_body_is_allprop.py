"""A PROPFIND without a body asks for all properties; names nobody knows are nothing to fail on."""
from dav import xml_doc


def it_is(ann, calendar):
    bare = ann("PROPFIND", calendar, Depth="0")
    asked = ann("PROPFIND", calendar, xml_doc("D:propfind", "<D:allprop/>"), Depth="0",
                Content_Type="application/xml")
    assert bare.status == asked.status == 207
    names = set(bare.responses()[calendar]["props"])
    assert names == set(asked.responses()[calendar]["props"])
    assert {"D:displayname", "D:resourcetype", "D:getlastmodified"} <= names


def it_passes_over_unknown_names(ann, calendar):
    body = ('<D:propfind xmlns:D="DAV:"><D:prop><D:displayname/><x xmlns="me.com"/>'
            '<y xmlns="https://bitfire.at/webdav-push"/></D:prop></D:propfind>')
    answer = ann("PROPFIND", calendar, body, Depth="0", Content_Type="text/xml")
    entry = answer.responses()[calendar]
    assert answer.status == 207 and len(entry["missing"]) == 2 and "D:displayname" in entry["props"]
