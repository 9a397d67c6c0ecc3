"""What was put comes back byte for byte, with a strong ETag."""


def it_is_the_same(ann, folder):
    body = bytes(range(256)) * 10
    put = ann("PUT", folder + "a.bin", body, Content_Type="application/octet-stream")
    assert put.status == 201
    got = ann("GET", folder + "a.bin")
    assert got.status == 200 and got.body == body
    assert got.etag == put.etag and got.etag.startswith('"')


def it_is_the_same_with_a_large_file(ann, folder):
    body = b"0123456789abcdef" * 200000
    assert ann("PUT", folder + "big.bin", body).status == 201
    assert ann("GET", folder + "big.bin").body == body
    part = ann("GET", folder + "big.bin", Range="bytes=1000000-1000015")
    assert part.status == 206 and part.body == body[1000000:1000016]
    assert part.headers["Content-Range"] == f"bytes 1000000-1000015/{len(body)}"


def it_is_for_files_in_folders(ann, folder):
    """RFC 4918 9.7: a collection takes no body, and none is made on the way."""
    ann("PUT", folder + "a", "1")
    assert ann("PUT", folder, "1").status == 405 and ann("PUT", folder[:-1], "1").status == 405
    for path in (folder + "no/such", folder + "a/under"):
        assert ann("PUT", path, "1").status == 409
    assert set(ann.propfind(folder, "D:resourcetype", depth="infinity").responses()) == {folder, folder + "a"}
