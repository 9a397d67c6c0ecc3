"""RFC 7986, 9073, 9253: what newer standards add to events, tasks and calendars is kept, and found by its name."""
from dav import event, todo, xml_doc

NEW = ("COLOR:turquoise\r\nIMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/png:https://example.com/a.png\r\n"
       "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=\"Room; one\":https://example.com/meet\r\n"
       "LINK;LINKREL=\"https://example.com/rel\";VALUE=URI;LABEL=Notes:https://example.com/notes\r\n"
       "CONCEPT:https://example.com/concept\r\nREFID:itinerary-1\r\n"
       "RELATED-TO;RELTYPE=FINISHTOSTART;GAP=P1D:other-uid\r\nRELATED-TO;VALUE=URI;RELTYPE=DEPENDS-ON:https://example.com/t\r\n"
       "STYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=text/html:<p>Hello\\, you</p>\r\nSTRUCTURED-DATA;VALUE=TEXT;FMTTYPE=text/plain:x\r\n"
       "BEGIN:PARTICIPANT\r\nUID:p\r\nPARTICIPANT-TYPE:SPEAKER\r\nBEGIN:VLOCATION\r\nUID:l\r\nLOCATION-TYPE:hall\r\nEND:VLOCATION\r\n"
       "END:PARTICIPANT\r\n")
CALENDAR = "NAME:Ours\r\nREFRESH-INTERVAL;VALUE=DURATION:P1W\r\nSOURCE;VALUE=URI:https://example.com/c.ics\r\n"


def test_it_is_kept(ann, calendar):
    for name, body in (("e.ics", event("e", extra=NEW)), ("t.ics", todo("t", extra=NEW))):
        body = body.replace("BEGIN:V", CALENDAR + "BEGIN:V", 2).replace(CALENDAR, "", 1)
        assert ann.put_event(calendar + name, body).status == 201, name
        assert ann("GET", calendar + name).body == body.encode()
    answer = ann.report(calendar, xml_doc(
        "C:calendar-query", "<D:prop><C:calendar-data><C:comp name='VCALENDAR'><C:prop name='NAME'/><C:comp name='VEVENT'>"
        "<C:prop name='UID'/><C:prop name='CONFERENCE'/></C:comp></C:comp></C:calendar-data></D:prop><C:filter>"
        "<C:comp-filter name='VCALENDAR'><C:comp-filter name='VEVENT'><C:prop-filter name='LINK'><C:param-filter name='LABEL'>"
        "<C:text-match>notes</C:text-match></C:param-filter></C:prop-filter></C:comp-filter></C:comp-filter></C:filter>"))
    entry, = answer.responses().values()
    data = entry["props"]["C:calendar-data"].text
    assert "NAME:Ours" in data and "https://example.com/meet" in data and "CONCEPT" not in data
