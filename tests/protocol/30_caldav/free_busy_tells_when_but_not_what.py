"""free-busy-query: busy and tentative times; transparent and cancelled ones are free; the privilege
read-free-busy is enough, and reading is more than it."""
from dav import event, xml_doc

ASK = xml_doc("C:free-busy-query", "<C:time-range start='20261124T000000Z' end='20261126T000000Z'/>")


def it_tells_busy_time(ann, calendar):
    ann.put_event(calendar + "a.ics", event("a", summary="Secret"))
    ann.put_event(calendar + "t.ics", event(
        "t", "20261124T120000Z", "20261124T130000Z", extra="STATUS:TENTATIVE\r\n"))
    ann.put_event(calendar + "f.ics", event(
        "f", "20261124T140000Z", "20261124T150000Z", extra="TRANSP:TRANSPARENT\r\n"))
    ann.put_event(calendar + "c.ics", event(
        "c", "20261124T160000Z", "20261124T170000Z", extra="STATUS:CANCELLED\r\n"))
    ann.put_event(calendar + "s.ics", event(
        "s", "20261101T200000Z", "20261101T210000Z", extra="RRULE:FREQ=DAILY\r\n"))
    got = ann.report(calendar, ASK)
    assert got.status == 200 and got.headers["Content-Type"].startswith("text/calendar")
    busy = [line for line in got.text.splitlines() if line.startswith("FREEBUSY")]
    assert [line.split(":")[1] for line in busy if "BUSY-TENTATIVE" in line] == \
        ["20261124T120000Z/20261124T130000Z"]
    assert ",".join(line.split(":")[1] for line in busy if "TENTATIVE" not in line).split(",") == [
        "20261124T090000Z/20261124T100000Z", "20261124T200000Z/20261124T210000Z",
        "20261125T200000Z/20261125T210000Z"]
    assert "Secret" not in got.text


def it_needs_both_ends(ann, calendar):
    for times in ("", "<C:time-range start='20261124T000000Z'/>", "<C:time-range start='20261124'/>"):
        assert ann.report(calendar, xml_doc("C:free-busy-query", times)).status == 400


def it_is_enough_to_be_allowed_free_busy(ann, ben, calendar):
    ann.put_event(calendar + "a.ics", event("a"))
    assert ben.report(calendar, ASK).status == 404
    acl = xml_doc("D:acl", "<D:ace><D:principal><D:href>/principals/users/ben/</D:href></D:principal>"
                  "<D:grant><D:privilege><C:read-free-busy/></D:privilege></D:grant></D:ace>")
    assert ann("ACL", calendar, acl, Content_Type="application/xml").status == 200
    assert "20261124T090000Z/20261124T100000Z" in ben.report(calendar, ASK).text
    assert ben("GET", calendar + "a.ics").status in (403, 404)
    query = xml_doc("C:calendar-query", "<D:prop><C:calendar-data/></D:prop><C:filter>"
                    "<C:comp-filter name='VCALENDAR'/></C:filter>")
    assert ben.report(calendar, query).status == 403
