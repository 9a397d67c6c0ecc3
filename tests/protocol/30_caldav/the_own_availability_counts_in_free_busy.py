"""RFC 7953 7.2.4: what somebody sets as calendar-availability holds for all their calendars."""
import pytest
from dav import event, xml_doc

CLOSED = "BUSY-UNAVAILABLE:"


def hours(start="09", end="17", more="", head="", inner=None):
    inner = inner or ("BEGIN:AVAILABLE\r\nUID:a\r\nDTSTAMP:20260101T000000Z\r\n"
                      f"DTSTART:20260601T{start}0000Z\r\nDTEND:20260601T{end}0000Z\r\n"
                      "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\r\nEND:AVAILABLE\r\n")
    return (f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n{head}BEGIN:VAVAILABILITY\r\nUID:v\r\n"
            f"DTSTAMP:20260101T000000Z\r\n{inner}END:VAVAILABILITY\r\n{more}END:VCALENDAR\r\n")


def patch(who, path, text, attributes=""):
    inside = f"<D:set><D:prop><C:calendar-availability{attributes}>{text}</C:calendar-availability></D:prop></D:set>"
    answer = who("PROPPATCH", path, xml_doc("D:propertyupdate", inside), Content_Type="application/xml")
    assert answer.status == 207
    return answer


def remove(who, path):
    answer = who("PROPPATCH", path, xml_doc(
        "D:propertyupdate", "<D:remove><D:prop><C:calendar-availability/></D:prop></D:remove>"),
        Content_Type="application/xml")
    assert answer.status == 207 and not next(iter(answer.responses().values()))["missing"]


def busy(who, path, day="20260603", **headers):
    answer = who("REPORT", path, xml_doc(
        "C:free-busy-query", f"<C:time-range start='{day}T000000Z' end='{day}T230000Z'/>"),
        Content_Type="application/xml", **headers)
    assert answer.status == 200, answer
    return sorted(line.split("FBTYPE=")[1].replace(day + "T", "").replace("0000Z", "")
                  for line in answer.text.split("\r\n") if line.startswith("FREEBUSY"))


@pytest.fixture
def office(ann):
    answer = patch(ann, "/calendars/ann/", hours())
    assert not next(iter(answer.responses().values()))["missing"]
    yield
    remove(ann, "/calendars/ann/")


def test_it_counts_in_a_calendar_and_in_the_home(ann, calendar, office):
    assert ann.put_event(calendar + "late.ics", event("late", "20260603T160000Z", "20260603T190000Z")).status == 201
    told = [CLOSED + "00/09", CLOSED + "19/23", "BUSY:16/19"]
    assert busy(ann, calendar) == told
    assert busy(ann, "/calendars/ann/", Depth="infinity") == told
    # A Sunday.
    assert busy(ann, calendar, "20260607") == [CLOSED + "00/23"]


def test_it_goes_by_priority_with_what_is_in_the_calendar(ann, calendar, office):
    dentist = hours(inner="PRIORITY:1\r\nBUSYTYPE:BUSY\r\nDTSTART:20260603T100000Z\r\nDTEND:20260603T110000Z\r\n")
    assert ann.put_event(calendar + "dentist.ics", dentist.replace("UID:v", "UID:dentist")).status == 201
    assert busy(ann, calendar) == [CLOSED + "00/09", CLOSED + "17/23", "BUSY:10/11"]


def test_it_is_read_back_and_not_told_unasked(ann, calendar, office):
    value = ann.propfind("/calendars/ann/", "C:calendar-availability").responses()["/calendars/ann/"]["props"]
    assert "BEGIN:AVAILABLE" in value["C:calendar-availability"].text
    everything = ann("PROPFIND", "/calendars/ann/", xml_doc("D:propfind", "<D:allprop/>"), Depth="0")
    assert everything.status == 207 and "calendar-availability" not in everything.text


def test_once_removed_it_counts_no_more(ann, calendar, office):
    remove(ann, "/calendars/ann/")
    assert busy(ann, calendar) == []


@pytest.mark.parametrize("text, attributes, condition", [
    ("nonsense", "", "valid-calendar-data"),
    (hours(head="METHOD:PUBLISH\r\n"), "", "valid-calendar-object-resource"),
    (hours(more=event("e").split("PRODID:")[1].split("\r\n", 1)[1].replace("END:VCALENDAR\r\n", "")), "",
     "valid-calendar-object-resource"),
    (hours().replace("END:VCALENDAR", hours(start="10").split("PRODID:-//Test//EN\r\n")[1].replace("END:VCALENDAR\r\n", "")
                     + "END:VCALENDAR"), "", "valid-calendar-object-resource"),
    (event("e"), "", "supported-calendar-component"),
    (hours(inner="DTSTART:gestern\r\n"), "", "valid-calendar-data"),
    (hours(), " content-type='application/x-other'", "supported-calendar-data"),
])
def test_nonsense_is_refused(ann, text, attributes, condition):
    answer = patch(ann, "/calendars/ann/", text, attributes)
    assert list(next(iter(answer.responses().values()))["missing"].values()) == [403], answer.text
    assert condition in answer.text


def test_who_may_ask_when_somebody_is_busy_is_told_but_not_shown(ann, ben, calendar, office):
    acl = xml_doc("D:acl", "<D:ace><D:principal><D:href>/principals/users/ben/</D:href></D:principal>"
                  "<D:grant><D:privilege><C:read-free-busy/></D:privilege></D:grant></D:ace>")
    assert ann("ACL", calendar, acl, Content_Type="application/xml").status == 200
    assert busy(ben, calendar) == [CLOSED + "00/09", CLOSED + "17/23"]
    assert ben.propfind("/calendars/ann/", "C:calendar-availability").status == 404
    refused = ben("PROPPATCH", "/calendars/ann/", xml_doc(
        "D:propertyupdate", "<D:set><D:prop><C:calendar-availability/></D:prop></D:set>"), Content_Type="text/xml")
    assert refused.status in (403, 404)
