"""Properties that are not there follow in a 404 propstat; return=minimal leaves them out."""
from dav import xml_doc


def it_is_told(ann, folder):
    got = ann.propfind(folder, "D:resourcetype", "D:nonsense").responses()[folder]
    assert got["missing"] == {"D:nonsense": 404}
    assert got["props"]["D:resourcetype"].find("{DAV:}collection") is not None


def it_is_left_out(ann, folder):
    got = ann.propfind(folder, "D:resourcetype", "D:nonsense", Prefer="return=minimal")
    assert got.responses()[folder]["missing"] == {}


def it_refuses_bodies_that_ask_nothing_or_two_things(ann):
    for inside in ("", "<D:undefined/>", "<D:allprop/><D:propname/>"):
        bad = ann("PROPFIND", "/calendars/ann/", xml_doc("D:propfind", inside),
                  Depth="0", Content_Type="application/xml")
        assert bad.status == 400, inside
