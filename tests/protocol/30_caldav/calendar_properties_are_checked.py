"""RFC 4791 5.2, RFC 7809 5.2: what makes no sense as a property of a calendar is refused inside the 207, with its reason."""
import pytest
from dav import xml_doc

ZONE = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VTIMEZONE\r\nTZID:Own\r\nBEGIN:STANDARD\r\n"
        "DTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
        "END:VCALENDAR\r\n")


def patch(client, path, inside):
    answer = client("PROPPATCH", path, xml_doc(
        "D:propertyupdate", f"<D:set><D:prop>{inside}</D:prop></D:set>"), Content_Type="text/xml")
    assert answer.status == 207
    return answer, next(iter(answer.responses().values()))


@pytest.mark.parametrize("inside, condition", [
    ("<C:calendar-timezone>nonsense</C:calendar-timezone>", "valid-calendar-data"),
    ("<C:calendar-timezone-id>Nowhere/Land</C:calendar-timezone-id>", "valid-timezone"),
    ("<C:supported-calendar-component-set><C:comp name='VTODO'/></C:supported-calendar-component-set>",
     "cannot-modify-protected-property"),
    ("<C:max-instances>1</C:max-instances>", "cannot-modify-protected-property"),
    ("<D:resourcetype><D:collection/></D:resourcetype>", "cannot-modify-protected-property"),
    ("<D:sync-token>1</D:sync-token>", "cannot-modify-protected-property"),
    ("<D:owner><D:href>/principals/users/ben/</D:href></D:owner>", "cannot-modify-protected-property"),
    ("<D:acl/>", "cannot-modify-protected-property"),
])
def it_is_refused(ann, calendar, inside, condition):
    answer, entry = patch(ann, calendar, inside + "<D:displayname>New</D:displayname>")
    assert sorted(entry["missing"].values()) == [403, 424] and condition in answer.text
    props = ann.propfind(calendar, "D:displayname").responses()[calendar]["props"]
    assert props["D:displayname"].text != "New"


def it_is_taken(ann, calendar):
    _, entry = patch(ann, calendar, f"<C:calendar-timezone>{ZONE}</C:calendar-timezone><C:schedule-calendar-transp>"
                     "<C:transparent/></C:schedule-calendar-transp><C:calendar-description xml:lang='de'>Unser</C:calendar-description>")
    assert not entry["missing"]
    props = ann.propfind(calendar, "C:calendar-timezone", "C:schedule-calendar-transp", "C:calendar-description"
                         ).responses()[calendar]["props"]
    assert "TZID:Own" in props["C:calendar-timezone"].text
    assert props["C:schedule-calendar-transp"][0].tag.endswith("}transparent")
    assert props["C:calendar-description"].get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
