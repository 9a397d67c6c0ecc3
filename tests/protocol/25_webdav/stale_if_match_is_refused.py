"""An If-Match that no longer holds is 412 for PUT and DELETE, and changes nothing."""


def it_is_412(ann, folder):
    first = ann("PUT", folder + "a.txt", "one").etag
    second = ann("PUT", folder + "a.txt", "two", If_Match=first)
    assert second.status == 204 and second.etag != first
    assert ann("PUT", folder + "a.txt", "three", If_Match=first).status == 412
    assert ann("DELETE", folder + "a.txt", If_Match=first).status == 412
    assert ann("GET", folder + "a.txt").text == "two"
    assert ann("PUT", folder + "a.txt", "new", If_None_Match="*").status == 412
    assert ann("DELETE", folder + "a.txt", If_Match=second.etag).status == 204
    assert ann("GET", folder + "a.txt").status == 404
    assert ann("DELETE", folder + "a.txt").status == 404
