"""MKCOL: 201, 405 where there is something, 409 without a parent, 415 for a body it cannot read."""


def it_says(ann, folder):
    assert ann("MKCOL", folder + "a/").status == 201
    again = ann("MKCOL", folder + "a/")
    assert again.status == 405 and "PROPFIND" in again.headers["Allow"]
    assert ann("MKCOL", folder + "b/c/").status == 409
    assert ann("MKCOL", folder + "d/", "x", Content_Type="text/plain").status == 415
