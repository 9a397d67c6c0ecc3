"""If-None-Match with the current ETag answers 304 without a body."""


def it_is_304(ann, folder):
    etag = ann("PUT", folder + "a.txt", "one").etag
    again = ann("GET", folder + "a.txt", If_None_Match=etag)
    assert again.status == 304 and again.body == b"" and again.etag == etag
    assert ann("HEAD", folder + "a.txt").headers["Content-Length"] == "3"
