"""POST of a file of many objects: each becomes a resource, or says why not; docs/bulk-requests.md."""
import uuid

from dav import NS, card, event, todo, xml_doc


def inner(text):
    """The component without its VCALENDAR."""
    return text.split("PRODID:-//Test//EN\r\n")[1].rsplit("END:VCALENDAR")[0]


def file_of(*objects):
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n"
            + "".join(inner(o) for o in objects) + "END:VCALENDAR\r\n")


def post(client, path, body, kind="text/calendar; charset=utf-8", **headers):
    return client("POST", path, body, Content_Type=kind, **headers)


def outcomes(answer):
    """[(href, status, etag, uid, condition)] in order."""
    found = []
    for r in answer.xml.findall("D:response", NS):
        status = r.find("D:status", NS)
        if status is None:
            status = r.find("D:propstat/D:status", NS)
        etag = r.find("D:propstat/D:prop/D:getetag", NS)
        error = r.find("D:error", NS)
        uid = r.find("D:propstat/D:prop/CS:uid", NS) if error is None else error.find("CS:uid", NS)
        found.append((r.find("D:href", NS).text or "", int(status.text.split()[1]),
                      None if etag is None else etag.text, None if uid is None else uid.text,
                      None if error is None else error[0].tag.split("}")[1]))
    return found


def it_makes_events(ann, calendar):
    answer = post(ann, calendar, file_of(event("a"), event("b"), event("a", extra="RECURRENCE-ID:20261124T090000Z\r\n")))
    assert answer.status == 207, answer.text
    made = outcomes(answer)
    assert [(status, uid) for _, status, _, uid, _ in made] == [(200, "a"), (200, "b")]
    for href, _, etag, uid, _ in made:
        got = ann("GET", href)
        assert got.etag == etag and f"UID:{uid}\r\n" in got.text
    assert ann("GET", made[0][0]).text.count("BEGIN:VEVENT") == 2


def it_makes_cards(ann, book):
    first, second = card("a"), card("b", fn="Berta")
    made = outcomes(post(ann, book, first + second, "text/vcard"))
    assert [(status, uid) for _, status, _, uid, _ in made] == [(200, "a"), (200, "b")]
    assert ann("GET", made[0][0]).body == first.encode()
    assert ann("GET", made[1][0]).body == second.encode()


def it_says_which_were_refused(ann):
    path = f"/calendars/ann/{uuid.uuid4()}/"
    assert ann("MKCALENDAR", path, xml_doc(
        "C:mkcalendar", "<D:set><D:prop><C:supported-calendar-component-set><C:comp name='VTODO'/>"
        "</C:supported-calendar-component-set></D:prop></D:set>"),
        Content_Type="application/xml").status == 201
    ann.put_event(path + "a.ics", todo("a"))
    made = outcomes(post(ann, path, file_of(todo("a"), todo("b"), event("c"))))
    assert made[0][:2] == ("", 409) and made[0][3:] == ("a", "no-uid-conflict")
    assert made[1][1] == 200
    assert made[2][:2] == ("", 403) and made[2][3:] == ("c", "supported-calendar-component")


def it_takes_each_uid_once(ann, book):
    # The same UID twice in one request: one of them is written, the other meets it.
    made = outcomes(post(ann, book, card("a") + card("a", fn="Other"), "text/vcard"))
    assert sorted(m[1] for m in made) == [200, 409]
    assert len(ann.sync(book).responses()) == 1


def it_refuses_what_it_cannot_read(ann, calendar):
    for body, kind in (("BEGIN:VCALENDAR\r\nBEGIN:VEVENT", "text/calendar"), ("", "text/calendar"),
                       (card("a"), "text/vcard"), (event("a"), "text/plain")):
        answer = post(ann, calendar, body, kind)
        assert 400 <= answer.status < 500, (body, kind)
    assert not ann.sync(calendar).responses()


def it_is_bounded(ann, book):
    answer = post(ann, book, "".join(card(f"u{i}") for i in range(1001)), "text/vcard")
    assert answer.status == 413
    assert not ann.sync(book).responses()
    assert post(ann, book, "".join(card(f"u{i}") for i in range(1000)), "text/vcard").status == 207
    assert len(ann.sync(book).responses()) == 1000


def it_is_refused_to_strangers(ben, calendar):
    assert post(ben, calendar, event("a")).status == 404
