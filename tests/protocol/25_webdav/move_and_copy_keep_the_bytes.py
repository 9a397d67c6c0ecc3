"""MOVE and COPY work for files and folders, obey Overwrite, and refuse to go into themselves."""


def it_moves(ann, server, folder):
    ann("MKCOL", folder + "sub/")
    ann("PUT", folder + "sub/a.txt", "one")
    assert ann("COPY", folder + "sub/", Destination=server.url + folder + "copy/").status == 201
    assert ann("GET", folder + "copy/a.txt").text == "one"
    ann("PUT", folder + "copy/a.txt", "two")
    assert ann("GET", folder + "sub/a.txt").text == "one"
    assert ann("MOVE", folder + "copy/", Destination=folder + "sub/", Overwrite="F").status == 412
    assert ann("MOVE", folder + "copy/", Destination=folder + "sub/").status == 204
    assert ann("GET", folder + "sub/a.txt").text == "two"
    assert ann("GET", folder + "copy/a.txt").status == 404
    assert ann("COPY", folder, Destination=folder + "sub/inner/").status in (403, 409)
    assert ann("MOVE", folder + "sub/a.txt", Destination="http://elsewhere.example/x").status == 502
    assert ann("MOVE", folder + "sub/a.txt", Destination=folder + "nowhere/a.txt").status == 409
