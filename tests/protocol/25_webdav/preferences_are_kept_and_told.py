"""RFC 7240, 8144: minimal, depth-noroot and representation do what they say, and Preference-Applied tells so."""
from dav import card, event, xml_doc


def it_is_minimal(ann, calendar):
    answer = ann.propfind(calendar, "D:displayname", "A:unheard-of", Prefer="return=minimal")
    assert answer.headers["Preference-Applied"] == "return=minimal"
    assert answer.responses()[calendar]["missing"] == {}
    assert "Preference-Applied" not in ann.propfind(calendar, "D:displayname").headers
    answer = ann("PROPPATCH", calendar, xml_doc(
        "D:propertyupdate", "<D:set><D:prop><D:displayname>A</D:displayname></D:prop></D:set>"),
        Content_Type="text/xml", Prefer="return=minimal")
    assert answer.status == 200 and not answer.body
    assert answer.headers["Preference-Applied"] == "return=minimal"


def it_knows_the_word_of_the_drafts(ann, calendar):
    answer = ann.propfind(calendar, "D:displayname", "A:unheard-of", Prefer="return-minimal")
    assert answer.responses()[calendar]["missing"] == {}
    answer = ann.put_event(calendar + "a.ics", event("a"), Prefer="return-representation")
    assert answer.status == 201 and answer.body == event("a").encode()


def it_leaves_out_the_root(ann, calendar):
    ann.put_event(calendar + "a.ics", event("a"))
    answer = ann.propfind(calendar, "D:getetag", depth=1, Prefer="depth-noroot")
    assert answer.headers["Preference-Applied"] == "depth-noroot"
    assert list(answer.responses()) == [calendar + "a.ics"]
    assert calendar in ann.propfind(calendar, "D:getetag", depth=0, Prefer="depth-noroot").responses()


def it_represents(ann, ben, calendar):
    path = calendar + "a.ics"
    first = ann.put_event(path, event("a"), Prefer="return=representation")
    assert first.status == 201 and first.body == event("a").encode()
    assert first.headers["Preference-Applied"] == "return=representation"
    assert (first.headers["Content-Location"], first.etag) == (path, ann("GET", path).etag)
    assert first.headers["Content-Type"] == ann("GET", path).headers["Content-Type"]
    changed = ann.put_event(path, event("a"), Prefer="return=representation")
    assert changed.status == 200 and changed.headers["Content-Location"] == path and changed.etag != first.etag
    first = changed
    # RFC 8144 3.2: what is there comes with the 412.
    refused = ann.put_event(path, event("a", summary="Mine"), If_Match='"0"', Prefer="return=representation")
    assert refused.status == 412 and refused.body == event("a").encode() and refused.etag == first.etag
    assert refused.headers["Content-Location"] == path
    assert ann.put_event(path, event("a"), If_Match='"0"').etag is None
    assert ben.put_event(path, event("a"), If_Match='"0"', Prefer="return=representation").status in (403, 404, 409, 412)
    assert b"Meeting" not in ben.put_event(path, event("b"), If_Match='"0"', Prefer="return=representation").body


def it_represents_what_post_made(ann, calendar, book):
    for path, body, kind in ((calendar, event("p"), "text/calendar"), (book, card("p"), "text/vcard")):
        made = ann("POST", path + "?add-member", body, Content_Type=kind, Prefer="return=representation")
        assert made.status == 201 and made.body == body.encode()
        assert made.headers["Content-Location"] == made.headers["Location"]
        got = ann("GET", made.headers["Location"])
        assert (got.body, got.etag, got.headers["Content-Type"]) == (made.body, made.etag, made.headers["Content-Type"])
