"""RFC 4918 6, 7, 9.10, 9.11: whom a lock keeps out of what, how it is told, renewed and ended, and that it does not travel."""
import re
import time

from dav import event, xml_doc

X = {"Content_Type": "application/xml"}


def body(scope="exclusive", owner="<D:href>mailto:ann@example.com</D:href>"):
    return xml_doc("D:lockinfo", f"<D:lockscope><D:{scope}/></D:lockscope><D:locktype><D:write/></D:locktype><D:owner>{owner}</D:owner>")


def lock(who, path, scope="exclusive", status=200, **headers):
    answer = who("LOCK", path, body(scope), **X, **headers)
    assert answer.status == status, answer.text
    return answer.headers.get("Lock-Token")


def refused(answer, href):
    """423 that names what is locked (RFC 4918 16, lock-token-submitted)."""
    return answer.status == 423 and answer.condition() == "D:lock-token-submitted" and [
        e.text for e in answer.xml.iter("{DAV:}href")] == [href]


def active(who, path):
    return list(who.propfind(path, "D:lockdiscovery").xml.iter("{DAV:}activelock"))


def it_is_told_whole(ann, folder):
    ann("PUT", folder + "a", "1")
    answer = ann("LOCK", folder + "a", body(), Timeout="Infinite, Second-600", Depth="0", **X)
    token = answer.headers["Lock-Token"]
    assert answer.status == 200 and re.fullmatch(r"<urn:uuid:[0-9a-f-]{36}>", token)
    for told in (next(answer.xml.iter("{DAV:}activelock")), active(ann, folder + "a")[0]):
        assert told.find("{DAV:}lockscope/{DAV:}exclusive") is not None and told.find("{DAV:}locktype/{DAV:}write") is not None
        assert told.findtext("{DAV:}depth") == "0" and told.findtext("{DAV:}owner/{DAV:}href") == "mailto:ann@example.com"
        assert told.findtext("{DAV:}locktoken/{DAV:}href") == token[1:-1]
        assert told.findtext("{DAV:}lockroot/{DAV:}href") == folder + "a"
        assert re.fullmatch(r"Second-\d+", told.findtext("{DAV:}timeout"))


def it_is_renewed_by_its_token_alone(ann, folder):
    ann("PUT", folder + "a", "1")
    token = lock(ann, folder + "a", Timeout="Second-100")
    renewed = ann("LOCK", folder + "a", If=f"({token})", Timeout="Second-200")
    assert renewed.status == 200 and "Lock-Token" not in renewed.headers
    assert 100 < int(next(renewed.xml.iter("{DAV:}timeout")).text.split("-")[1]) <= 200
    assert ann("LOCK", folder + "a").status in (400, 412)
    assert ann("LOCK", folder + "a", If="(<urn:uuid:00000000-0000-0000-0000-000000000000>)").status == 412


def it_is_ended_by_its_token_at_its_place(ann, folder):
    ann("PUT", folder + "a", "1")
    ann("PUT", folder + "b", "1")
    token = lock(ann, folder + "a")
    assert ann("UNLOCK", folder + "a").status == 400
    for path, other in ((folder + "a", "<urn:uuid:00000000-0000-0000-0000-000000000000>"), (folder + "b", token)):
        answer = ann("UNLOCK", path, Lock_Token=other)
        assert answer.status == 409 and answer.condition() == "D:lock-token-matches-request-uri"
    assert ann("UNLOCK", folder + "a", Lock_Token=token).status == 204 and not active(ann, folder + "a")


def it_keeps_everything_out_that_changes(ann, folder):
    ann("PUT", folder + "a", "1")
    ann("PUT", folder + "b", "1")
    token = lock(ann, folder + "a")
    patch = xml_doc("D:propertyupdate", "<D:set><D:prop><D:displayname>x</D:displayname></D:prop></D:set>")
    for attempt in (ann("PUT", folder + "a", "2"), ann("PROPPATCH", folder + "a", patch, **X), ann("DELETE", folder + "a"),
                    ann("MOVE", folder + "a", Destination=folder + "c"), ann("COPY", folder + "b", Destination=folder + "a"),
                    ann("DELETE", folder)):
        assert refused(attempt, folder + "a")
    assert ann("GET", folder + "a").body == b"1" and ann("COPY", folder + "a", Destination=folder + "c").status == 201
    assert not active(ann, folder + "c")
    assert ann("LOCK", folder + "a", body("shared"), **X).condition() == "D:no-conflicting-lock"
    assert ann("PUT", folder + "a", "2", If=f"({token})").status == 204
    assert ann("PUT", folder + "a", "2", If="(<urn:uuid:00000000-0000-0000-0000-000000000000>)").status == 412
    assert ann("DELETE", folder + "a", If=f"({token})").status == 204
    # RFC 4918 6.1: with the thing goes the lock.
    assert ann("PUT", folder + "a", "new").status == 201 and not active(ann, folder + "a")


def it_may_be_shared(ann, folder):
    ann("PUT", folder + "a", "1")
    one, two = lock(ann, folder + "a", "shared"), lock(ann, folder + "a", "shared")
    assert one != two and len(active(ann, folder + "a")) == 2
    assert ann("LOCK", folder + "a", body(), **X).condition() == "D:no-conflicting-lock"
    assert ann("PUT", folder + "a", "2").status == 423 and ann("PUT", folder + "a", "2", If=f"({two})").status == 204
    assert ann("UNLOCK", folder + "a", Lock_Token=one).status == 204 and len(active(ann, folder + "a")) == 1


def it_reaches_down_and_keeps_the_list_of_members(ann, folder):
    ann("PUT", folder + "a", "1")
    ann("MKCOL", folder + "sub/")
    assert ann("LOCK", folder, body(), Depth="1", **X).status == 400
    token = lock(ann, folder)
    for attempt in (ann("PUT", folder + "new", "1"), ann("PUT", folder + "sub/new", "1"), ann("MKCOL", folder + "m/"), ann("DELETE", folder + "a")):
        assert refused(attempt, folder)
    assert active(ann, folder + "sub/")[0].findtext("{DAV:}lockroot/{DAV:}href") == folder
    assert ann("PUT", folder + "new", "1", If=f"<{ann.url}{folder}> ({token})").status == 201
    assert ann("UNLOCK", folder + "new", Lock_Token=token).status == 204 and not active(ann, folder)
    # Flat: the list is kept, what is in the members is not (RFC 4918 7.4).
    lock(ann, folder, Depth="0")
    assert refused(ann("PUT", folder + "newer", "1"), folder) and refused(ann("DELETE", folder + "a"), folder)
    assert ann("PUT", folder + "a", "2").status == 204 and ann("PUT", folder + "sub/new", "1").status == 201


def it_holds_at_both_ends_of_a_move(ann, folder):
    ann("PUT", folder + "a", "1")
    for name in ("one/", "two/"):
        ann("MKCOL", folder + name)
    ann("PUT", folder + "one/a", "1")
    here, there = lock(ann, folder + "one/"), lock(ann, folder + "two/")
    go = {"Destination": ann.url + folder + "two/a"}
    assert refused(ann("MOVE", folder + "one/a", **go, If=f"<{folder}two/> ({there})"), folder + "one/")
    assert refused(ann("MOVE", folder + "one/a", **go, If=f"<{folder}one/> ({here})"), folder + "two/")
    both = f"<{folder}one/> ({here}) <{folder}two/> ({there})"
    assert ann("MOVE", folder + "one/a", **go, If=both).status == 201
    # It has left the lock of one for that of the other (RFC 4918 7.6).
    assert [a.findtext("{DAV:}lockroot/{DAV:}href") for a in active(ann, folder + "two/a")] == [folder + "two/"]
    assert ann("UNLOCK", folder + "one/", Lock_Token=here).status == 204
    assert ann("COPY", folder + "two/a", Destination=folder + "one/b").status == 201 and not active(ann, folder + "one/b")


def it_makes_an_empty_file_where_nothing_is(ann, folder):
    token = lock(ann, folder + "new", status=201)
    assert ann("GET", folder + "new").status == 200 and ann("GET", folder + "new").body == b""
    assert folder + "new" in ann.propfind(folder, "D:resourcetype", depth=1).responses()
    assert ann("PUT", folder + "new", "1", If=f"({token})").status == 204
    assert ann("LOCK", folder + "no/such", body(), **X).status == 409


def it_keeps_calendar_objects_too(ann, calendar):
    ann.put_event(calendar + "a.ics", event("a"))
    token = lock(ann, calendar + "a.ics")
    assert refused(ann.put_event(calendar + "a.ics", event("a", summary="x")), calendar + "a.ics")
    assert refused(ann("MOVE", calendar + "a.ics", Destination=calendar + "b.ics"), calendar + "a.ics")
    assert ann.put_event(calendar + "a.ics", event("a", summary="x"), If=f"({token})").status == 204
    assert ann("LOCK", calendar + "none.ics", body(), **X).status in (403, 404)


def it_ends_by_itself(ann, folder):
    """RFC 4918 6.6, 10.7: the first of the timeouts asked for that is understood, within bounds."""
    ann("PUT", folder + "a", "1")
    for asked, told in (("Second-60, Infinite", range(50, 61)), ("second-60", range(50, 61)), ("Infinite", range(60, 10 ** 7)),
                        ("Second-4100000000", range(60, 10 ** 7)), ("Nonsense", range(60, 10 ** 7))):
        answer = ann("LOCK", folder + "a", body(), Timeout=asked, **X)
        assert int(next(answer.xml.iter("{DAV:}timeout")).text.removeprefix("Second-")) in told, asked
        assert ann("UNLOCK", folder + "a", Lock_Token=answer.headers["Lock-Token"]).status == 204
    token = lock(ann, folder + "a", Timeout="Second-1")
    time.sleep(2.2)
    assert not active(ann, folder + "a") and ann("PUT", folder + "a", "2").status == 204
    assert ann("UNLOCK", folder + "a", Lock_Token=token).status == 409
