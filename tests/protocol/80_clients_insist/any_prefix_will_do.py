"""Namespaces come with any prefix, again and again, and CR survives in texts."""
import pytest

from dav import xml_doc

APPLE = ('<?xml version="1.0"?><A:propfind xmlns:A="DAV:"><A:prop><A:displayname/>'
         '<B:calendar-color xmlns:B="http://apple.com/ns/ical/"/>'
         '<B:getctag xmlns:B="http://calendarserver.org/ns/"/></A:prop></A:propfind>')
DAVX5 = ('<?xml version="1.0"?><propfind xmlns="DAV:"><prop><resourcetype/>'
         '<transports xmlns="https://bitfire.at/webdav-push"/></prop></propfind>')


@pytest.mark.parametrize("kind", ["text/xml", "application/xml", "text/xml; charset=\"utf-8\""])
@pytest.mark.parametrize("body", [APPLE, DAVX5, None])
def it_is_read(ann, calendar, kind, body):
    assert ann("PROPFIND", calendar, body, Depth="0", Content_Type=kind).status == 207


def it_keeps_cr(ann, calendar):
    zone = ("BEGIN:VCALENDAR&#13;\nVERSION:2.0&#13;\nPRODID:x&#13;\nBEGIN:VTIMEZONE&#13;\n"
            "TZID:Etc/Test&#13;\nBEGIN:STANDARD&#13;\nDTSTART:19700101T000000&#13;\n"
            "TZOFFSETFROM:+0100&#13;\nTZOFFSETTO:+0100&#13;\nEND:STANDARD&#13;\n"
            "END:VTIMEZONE&#13;\nEND:VCALENDAR&#13;\n")
    answer = ann("PROPPATCH", calendar, xml_doc(
        "D:propertyupdate", f"<D:set><D:prop><C:calendar-timezone>{zone}</C:calendar-timezone>"
        "</D:prop></D:set>"), Content_Type="text/xml")
    entry, = answer.responses().values()
    assert "C:calendar-timezone" in entry["props"], answer.text
    entry, = ann.propfind(calendar, "C:calendar-timezone").responses().values()
    assert entry["props"]["C:calendar-timezone"].text == zone.replace("&#13;", "\r")
