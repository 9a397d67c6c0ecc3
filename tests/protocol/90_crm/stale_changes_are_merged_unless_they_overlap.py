"""RFC 9110 13.1.1 lets a server say what a match is worth: two devices that changed different things
of one lead both have their way, two that changed the same thing do not."""
from dav import card


def make(ann, uid, extra="TEL;TYPE=CELL:+49 171 1\r\n"):
    path = f"/addressbooks/ann/leads/{uid}.vcf"
    assert ann.put_card(path, card(uid, "Karl Kunde", extra=extra)).status == 201
    return path, ann("GET", path)


def add(body, line):
    return body.replace("END:VCARD", line + "\r\nEND:VCARD")


def test_disjoint_changes_are_merged(ann, uid):
    path, seen = make(ann, uid)
    first = ann.put_card(path, add(seen.text, "TITLE:Chef"), If_Match=seen.etag)
    assert first.status == 204 and first.etag, "stored as sent"
    second = ann.put_card(path, add(seen.text, "NOTE:nett"), If_Match=seen.etag)
    assert second.status == 204 and not second.etag, "merged: not what was sent"
    now = ann("GET", path).text
    assert "TITLE:Chef" in now and "NOTE:nett" in now


def test_numbers_are_merged_one_by_one(ann, uid):
    path, seen = make(ann, uid, "TEL:+49 171 1\r\nTEL:+49 171 2\r\n")
    assert ann.put_card(path, add(seen.text, "TEL:+49 171 3"), If_Match=seen.etag).status == 204
    without = seen.text.replace("TEL:+49 171 1\r\n", "")
    assert ann.put_card(path, without, If_Match=seen.etag).status == 204
    now = ann("GET", path).text
    assert "+49 171 1" not in now and "+49 171 2" in now and "+49 171 3" in now


def test_the_same_field_twice_is_refused(ann, uid):
    path, seen = make(ann, uid)
    assert ann.put_card(path, add(seen.text, "TITLE:Chef"), If_Match=seen.etag).status == 204
    assert ann.put_card(path, add(seen.text, "TITLE:Bote"), If_Match=seen.etag).status == 412
    assert ann.put_card(path, add(seen.text, "TITLE:Chef"), If_Match=seen.etag).status == 204, \
        "both did the same"


def test_what_never_was_is_refused(ann, uid):
    path, seen = make(ann, uid)
    assert ann.put_card(path, add(seen.text, "TITLE:X"), If_Match='"1"').status == 412
    assert ann.put_card(path, add(seen.text, "TITLE:X"), If_Match='"ffffff"').status == 412
    assert ann.put_card(path, add(seen.text, "TITLE:X"), If_None_Match="*").status == 412


def test_the_merged_body_is_given_on_request(ann, uid):
    path, seen = make(ann, uid)
    assert ann.put_card(path, add(seen.text, "TITLE:Chef"), If_Match=seen.etag).status == 204
    answer = ann.put_card(path, add(seen.text, "NOTE:nett"), If_Match=seen.etag,
                          Prefer="return=representation")
    assert answer.status == 200 and "TITLE:Chef" in answer.text and "NOTE:nett" in answer.text
    assert answer.etag == ann("GET", path).etag
