"""No refusal shows SQL, file names, or code; files come in their own type, never as a page of this site."""
import pytest
from dav import event, xml_doc

INSIDE = ("SELECT", "INSERT", "sqlite", "postgres", "kontor.db", ".c:", "/usr/", "0x", "errno")


def it_is_so(ann, ben, calendar, book):
    answers = [ann.put_event(calendar + "a.ics", body) for body in ("", "x", event("a")[:50], event("a", "x", "y"))]
    answers += [ann.put_card(book + "a.vcf", "x"), ann("PROPFIND", calendar, "<a", Content_Type="text/xml"),
                ann("MKCALENDAR", calendar), ann("LOCK", calendar, "<a/>", Content_Type="text/xml"),
                ann("UNLOCK", calendar, Lock_Token="<x>"), ann("MOVE", calendar), ann.sync(calendar, "x"),
                ann.report(calendar, xml_doc("C:calendar-query", "")), ben("GET", calendar), ann("BREW", calendar),
                ann("GET", "/nothing/at/all"), ann("POST", "/calendars/ann/", "x"), ann("PUT", calendar, "x"),
                ann("GET", calendar + "%zz")]
    for answer in answers:
        assert 400 <= answer.status < 502, answer.response.request.method
        assert not [w for w in INSIDE if w in answer.text], answer.text


@pytest.mark.parametrize("name, kind", [("a.html", None), ("a.svg", None), ("a.xhtml", None), ("a", "text/html"),
                                        ("a.txt", "text/html; charset=utf-8"), ("a.png", "image/svg+xml"),
                                        ("a.bin", "text/xml"), ("a.bin", "application/xhtml+xml"), ("a.js", None)])
def it_serves_no_pages_of_others(ann, folder, name, kind):
    headers = {"Content_Type": kind} if kind else {}
    assert ann("PUT", folder + name, "<script>alert(1)</script>", **headers).status == 201
    answer = ann("GET", folder + name)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
