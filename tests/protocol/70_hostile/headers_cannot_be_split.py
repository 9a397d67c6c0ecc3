"""Names with line ends never make a header of their own; Destination, If and hrefs are read as strictly as targets."""
import pytest
from dav import event, xml_doc


def it_is_so_for_names(ann, calendar):
    name = "a&#13;&#10;X-Injected: 1&#13;&#10;&#13;&#10;b\u00e4\"; filename=evil"
    assert ann("PROPPATCH", calendar, xml_doc(
        "D:propertyupdate", f"<D:set><D:prop><D:displayname>{name}</D:displayname></D:prop></D:set>"),
        Content_Type="text/xml").status == 207
    ann.put_event(calendar + "a.ics", event("a"))
    for path in (calendar + "?export", calendar):
        answer = ann("GET", path)
        assert answer.status == 200 and "X-Injected" not in answer.headers
        assert "\n" not in answer.headers.get("Content-Disposition", "")
    assert ann("PUT", "/files/ann/q%22%3B%20x=%C3%A4.txt", "x").status == 201
    disposition = ann("GET", "/files/ann/q%22%3B%20x=%C3%A4.txt").headers["Content-Disposition"]
    assert disposition.count('"') in (2, 4) or "filename*=" in disposition
    ann("DELETE", "/files/ann/q%22%3B%20x=%C3%A4.txt")


@pytest.mark.parametrize("to", ["/calendars/ann/../ben/calendar/a.ics", "/calendars/ann/%2e%2e/ben/calendar/a.ics",
                                "/calendars/ben/calendar/a.ics", "http://elsewhere.example/calendars/ann/calendar/a.ics",
                                "/calendars/ann/a%2Fb.ics", "/calendars/ann/calendar/a%00.ics", "", "x", "//",
                                "/principals/users/ann/a", "/", "/calendars/ann/calendar/" + "a" * 300])
@pytest.mark.parametrize("method", ["MOVE", "COPY"])
def it_is_so_for_destinations(ann, calendar, method, to):
    ann.put_event(calendar + "a.ics", event("a"))
    answer = ann(method, calendar + "a.ics", Destination=to)
    assert 400 <= answer.status < 500 or answer.status == 502, (to, answer.status)
    assert ann("GET", calendar + "a.ics").status == 200


@pytest.mark.parametrize("condition", ["(<urn:x>", "<", "([", "(Not)", "()", "(<a> (<b>))", "x" * 5000, "(<" + "a" * 5000 + ">)",
                                       "</../etc> (<urn:x>)", "<http://elsewhere.example/> ([\"1\"])", "(<a>)" * 500])
def it_is_so_for_if(ann, calendar, condition):
    answer = ann.put_event(calendar + "a.ics", event("a"), If=condition)
    assert 400 <= answer.status < 500, condition[:40]
    assert ann("GET", calendar + "a.ics").status == 404
