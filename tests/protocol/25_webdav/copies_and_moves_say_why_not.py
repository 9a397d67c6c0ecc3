"""RFC 4918 9.8, 9.9, 10.3, 10.6: each COPY and MOVE that cannot be says why by its status, and changes nothing."""
import pytest


@pytest.fixture
def tree(ann, folder):
    ann("MKCOL", folder + "d/")
    for name in ("a", "b", "d/x"):
        assert ann("PUT", folder + name, name).status == 201
    return folder


@pytest.mark.parametrize("method", ["COPY", "MOVE"])
@pytest.mark.parametrize("source, target, headers, status", [
    ("a", None, {}, 400), ("a", "http://elsewhere.example/x", {}, 502), ("a", "a", {}, 403), ("d/", "d/", {}, 403), ("d/", "d/in/", {}, 403),
    ("a", "no/such", {}, 409), ("a", "b/under", {}, 409), ("a", "b", {"Overwrite": "F"}, 412), ("a", "c", {"Overwrite": "maybe"}, 400),
    ("none", "c", {}, 404), ("d/", "c/", {"Depth": "1"}, 400), ("a", "c", {"Depth": "2"}, 400), ("a", "../../../ben/", {}, 400)])
def test_it_is_refused(ann, tree, method, source, target, headers, status):
    if target is not None:
        headers = {**headers, "Destination": target if "://" in target else ann.url + tree + target}
    assert ann(method, tree + source, **headers).status == status
    found = {href[len(tree):] for href in ann.propfind(tree, "D:resourcetype", depth="infinity").responses()}
    assert found == {"", "a", "b", "d/", "d/x"}


def test_what_is_there_is_taken_away_first(ann, tree):
    assert ann("COPY", tree + "a", Destination=tree + "b").status == 204 and ann("GET", tree + "b").body == b"a"
    assert ann("COPY", tree + "a", Destination=tree + "c", Overwrite="F").status == 201
    # RFC 4918 9.8.4: a collection is replaced, not filled up.
    ann("MKCOL", tree + "e/")
    ann("PUT", tree + "e/old", "old")
    assert ann("COPY", tree + "d/", Destination=tree + "e/").status == 204
    assert ann("GET", tree + "e/old").status == 404 and ann("GET", tree + "e/x").body == b"d/x"
    assert ann("COPY", tree + "d/", Destination=tree + "flat/", Depth="0").status == 201
    assert list(ann.propfind(tree + "flat/", "D:resourcetype", depth=1).responses()) == [tree + "flat/"]
    assert ann("MOVE", tree + "d/", Destination=tree + "moved/", Depth="0").status == 400
    assert ann("MOVE", tree + "d/", Destination=tree + "moved").status == 201 and ann("GET", tree + "moved/x").body == b"d/x"
