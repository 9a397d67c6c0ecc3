"""Depth 0 is the thing itself, 1 what is in it, infinity all below; noroot leaves the thing out."""


def it_lists(ann, folder):
    ann("MKCOL", folder + "sub/")
    ann("PUT", folder + "a.txt", "a")
    ann("PUT", folder + "sub/b.txt", "b")
    hrefs = [set(ann.propfind(folder, "D:getetag", depth=d).responses()) for d in (0, 1, "infinity")]
    assert hrefs[0] == {folder}
    assert hrefs[1] == {folder, folder + "sub/", folder + "a.txt"}
    assert hrefs[2] == hrefs[1] | {folder + "sub/b.txt"}
    noroot = ann.propfind(folder, "D:getetag", depth=1, Prefer="depth-noroot")
    assert set(noroot.responses()) == hrefs[1] - {folder}
