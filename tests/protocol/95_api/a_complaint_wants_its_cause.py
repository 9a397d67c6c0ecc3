"""Done on a phone or in the browser, a complaint is closed only once its cause is known."""
from conftest import made


def complaint(api):
    return made(api, "cases", subject="It broke again", kind="Complaint", owner=api.me["id"])


def test_from_a_phone_it_waits_for_it(company, sina_, root_):
    id_ = complaint(sina_)
    uid = sina_("GET", f"/cases/{id_}").json["uid"]
    phone = company.client("sina")
    hrefs = phone.propfind("/calendars/sina/cases/", "D:getetag", depth=1).responses()
    href, body = next((h, text) for h in hrefs if not h.endswith("/") for text in [phone("GET", h).text] if uid in text)
    done = body.replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED\r\nCOMPLETED:20261125T100000Z")
    assert phone.put_event(href, done).status == 204
    one = sina_("GET", f"/cases/{id_}").json
    assert one["status"] == "Resolved, to confirm"
    made(root_, "choices", list="cause", name="Worn out")
    closed = sina_("PATCH", f"/cases/{id_}", {"status": "Closed", "cause": "Worn out"}, If_Match="*")
    assert closed.status == 200 and closed.json["status"] == "Closed", closed


def test_in_the_browser_too(sina_):
    id_ = complaint(sina_)
    reply = sina_("PATCH", f"/cases/{id_}", {"status": "Closed"}, If_Match="*")
    assert reply.status == 200 and reply.json["status"] == "Resolved, to confirm"
