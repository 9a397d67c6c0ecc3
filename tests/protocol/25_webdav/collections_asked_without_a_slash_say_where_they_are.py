"""RFC 4918 5.2: a collection that is asked without its slash answers, and says its own address in Content-Location."""
from dav import event, xml_doc


def test_it_says_so(ann, calendar):
    for path in (calendar, "/calendars/ann/", "/principals/users/ann/", "/files/ann/"):
        assert "Content-Location" not in ann("PROPFIND", "/", Depth="0").headers
        body = xml_doc("D:propfind", "<D:prop><D:resourcetype/></D:prop>")
        for method, sent, status in (("PROPFIND", body, 207), ("GET", None, 200), ("HEAD", None, 200)):
            answer = ann(method, path[:-1], sent, Depth="0")
            assert (answer.status, answer.headers.get("Content-Location")) == (status, path), method
            assert "Content-Location" not in ann(method, path, sent, Depth="0").headers


def test_reports_say_it_too(ann, calendar):
    for report in (xml_doc("D:sync-collection", "<D:sync-token/><D:sync-level>1</D:sync-level><D:prop/>"),
                   xml_doc("C:calendar-query", "<D:prop/><C:filter><C:comp-filter name='VCALENDAR'/></C:filter>")):
        answer = ann("REPORT", calendar[:-1], report, Depth="0", Content_Type="application/xml")
        assert (answer.status, answer.headers.get("Content-Location")) == (207, calendar)


def test_names_are_encoded_and_members_say_nothing(ann):
    assert ann("MKCOL", "/files/ann/two%20words/").status == 201
    assert ann("PROPFIND", "/files/ann/two%20words", Depth="0").headers["Content-Location"] == "/files/ann/two%20words/"
    assert ann("PUT", "/files/ann/two%20words/a", b"1").status == 201
    assert "Content-Location" not in ann("GET", "/files/ann/two%20words/a").headers
    assert ann("DELETE", "/files/ann/two%20words/").status == 204


def test_refusals_do_not(ann, calendar):
    refused = ann("PROPFIND", calendar[:-1], Depth="infinity")
    assert refused.status == 403 and "Content-Location" not in refused.headers
    assert ann.put_event(calendar + "a.ics", event()).status == 201
    assert "Content-Location" not in ann("PROPFIND", calendar + "nothing", Depth="0").headers
