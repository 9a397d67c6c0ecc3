"""Filters, reports and listings tell nothing of what may not be read; and wildcards of databases are plain letters."""
from dav import card, event, xml_doc

QUERY = ("<D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name='VCALENDAR'><C:comp-filter name='VEVENT'>"
         "<C:prop-filter name='SUMMARY'><C:text-match>%s</C:text-match></C:prop-filter></C:comp-filter></C:comp-filter>"
         "</C:filter>")


def it_tells_strangers_nothing(ann, ben, calendar):
    ann.put_event(calendar + "a.ics", event("a", summary="Secret"))
    asked = [("REPORT", xml_doc("C:calendar-query", QUERY % word)) for word in ("Secret", "Public")]
    asked += [("REPORT", xml_doc("C:free-busy-query", "<C:time-range start='20260101T000000Z' end='20270101T000000Z'/>")),
              ("REPORT", xml_doc("D:sync-collection", "<D:sync-token/><D:sync-level>1</D:sync-level><D:prop/>")),
              ("PROPFIND", None), ("PROPPATCH", xml_doc("D:propertyupdate", "")), ("ACL", xml_doc("D:acl", ""))]
    absent = "/calendars/ann/no-such-thing/"
    for method, body in asked:
        there = ben(method, calendar, body, Depth="1", Content_Type="text/xml")
        gone = ben(method, absent, body, Depth="1", Content_Type="text/xml")
        assert (there.status, there.body) == (gone.status, gone.body) and there.status in (400, 404), method


def it_tells_the_free_busy_reader_no_more(ann, ben, calendar):
    ann.put_event(calendar + "a.ics", event("a", summary="Secret"))
    assert ann("ACL", calendar, xml_doc(
        "D:acl", "<D:ace><D:principal><D:href>/principals/users/ben/</D:href></D:principal><D:grant><D:privilege>"
        "<C:read-free-busy/></D:privilege></D:grant></D:ace>"), Content_Type="text/xml").status == 200
    for body in (xml_doc("C:calendar-query", QUERY % "Secret"),
                 xml_doc("C:calendar-multiget", f"<D:prop><C:calendar-data/></D:prop><D:href>{calendar}a.ics</D:href>"),
                 xml_doc("D:sync-collection", "<D:sync-token/><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop>")):
        answer = ben.report(calendar, body)
        assert "Secret" not in answer.text
        assert answer.status in (403, 404) or {e["status"] for e in answer.responses().values()} <= {404}
    assert ben("GET", calendar + "a.ics").status in (403, 404)
    assert calendar + "a.ics" not in ben.propfind(calendar, "D:getetag", depth=1).text


def it_takes_wildcards_for_letters(ann, calendar, book):
    ann.put_event(calendar + "a.ics", event("a", summary="50% of_all\\\\'s"))
    ann.put_event(calendar + "b.ics", event("b", summary="50 of all"))
    for word, names in (("50%", {"a"}), ("f_a", {"a"}), ("%", {"a"}), ("_", {"a"}), ("'", {"a"}), ("50", {"a", "b"})):
        found = ann.report(calendar, xml_doc("C:calendar-query", QUERY % word)).responses()
        assert {h[len(calendar):-4] for h in found} == names, word
    ann.put_card(book + "a.vcf", card("a", fn="100% _x"))
    ann.put_card(book + "b.vcf", card("b", fn="100 yx"))
    for word, names in (("100%", {"a"}), ("_x", {"a"}), ("100", {"a", "b"})):
        found = ann.report(book, xml_doc(
            "CR:addressbook-query", "<D:prop><D:getetag/></D:prop><CR:filter><CR:prop-filter name='FN'><CR:text-match>"
            f"{word}</CR:text-match></CR:prop-filter></CR:filter>")).responses()
        assert {h[len(book):-4] for h in found} == names, word


def it_lets_no_condition_ask_for_what_is_not_ones_own(ann, ben, calendar):
    """ETags and tokens can be guessed: a tagged list about somebody else's thing fails, whatever is right."""
    etag = ann.put_event(calendar + "a.ics", event("a")).etag
    token = ann.sync(calendar).sync_token()
    lock = ann("LOCK", calendar + "a.ics", xml_doc(
        "D:lockinfo", "<D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype>"),
        Content_Type="application/xml").headers["Lock-Token"]
    mine = "/calendars/ben/calendar/condition.ics"
    assert ben.put_event(mine, event("condition")).status in (201, 204)
    for tag, condition in ((calendar + "a.ics", f"[{etag}]"), (calendar + "a.ics", lock), (calendar, f"<{token}>"),
                           (calendar + "none.ics", f"[{etag}]"), (calendar + "a.ics", '["0"]')):
        assert ben.put_event(mine, event("condition"), If=f"<{tag}> ({condition})").status == 412, (tag, condition)
        # What is not there has no state, and so has what may not be seen.
        assert ben.put_event(mine, event("condition"), If=f"<{tag}> (Not {condition})").status == 204, (tag, condition)
    assert ann.put_event(calendar + "a.ics", event("a"), If=f"<{calendar}a.ics> ([{etag}] {lock})").status == 204
    ben("DELETE", mine)
