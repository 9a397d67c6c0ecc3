"""Properties that are not there follow in a 404 propstat; return=minimal leaves them out."""


def it_is_told(ann, folder):
    got = ann.propfind(folder, "D:resourcetype", "D:nonsense").responses()[folder]
    assert got["missing"] == {"D:nonsense": 404}
    assert got["props"]["D:resourcetype"].find("{DAV:}collection") is not None


def it_is_left_out(ann, folder):
    got = ann.propfind(folder, "D:resourcetype", "D:nonsense", Prefer="return=minimal")
    assert got.responses()[folder]["missing"] == {}
