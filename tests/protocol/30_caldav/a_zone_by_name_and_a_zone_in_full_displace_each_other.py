"""calendar-timezone and calendar-timezone-id are one thing said in two ways (RFC 7809 5.2)."""
from dav import xml_doc

BERLIN = "<C:calendar-timezone-id>Europe/Berlin</C:calendar-timezone-id>"
HOME_MADE = ("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN\nBEGIN:VTIMEZONE\nTZID:Office\n"
             "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0300\nEND:STANDARD\n"
             "END:VTIMEZONE\nEND:VCALENDAR\n")


def patch(who, where, inside):
    answer = who("PROPPATCH", where, xml_doc("D:propertyupdate", inside), Content_Type="application/xml")
    assert answer.status == 207 and "200 OK" in answer.text, answer.text


def both(who, where):
    props = who.propfind(where, "C:calendar-timezone", "C:calendar-timezone-id").responses()[where]["props"]
    return {name: element.text for name, element in props.items()}


def it_holds(ann, calendar):
    assert both(ann, calendar) == {}
    patch(ann, calendar, f"<D:set><D:prop>{BERLIN}</D:prop></D:set>")
    got = both(ann, calendar)
    assert got["C:calendar-timezone-id"] == "Europe/Berlin"
    assert "TZID:Europe/Berlin" in got["C:calendar-timezone"]
    patch(ann, calendar, f"<D:set><D:prop><C:calendar-timezone>{HOME_MADE}</C:calendar-timezone></D:prop></D:set>")
    got = both(ann, calendar)
    assert got["C:calendar-timezone"].strip() == HOME_MADE.strip() and "C:calendar-timezone-id" not in got
    patch(ann, calendar, f"<D:set><D:prop>{BERLIN}</D:prop></D:set>")
    assert "TZID:Europe/Berlin" in both(ann, calendar)["C:calendar-timezone"]
    patch(ann, calendar, "<D:remove><D:prop><C:calendar-timezone/></D:prop></D:remove>")
    assert both(ann, calendar) == {}
