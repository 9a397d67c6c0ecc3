"""calendar-query: prop-, param- and comp-filters judge the object itself, UIDs and alarms too."""
from dav import event, todo, xml_doc


def found(who, calendar, component, inside=""):
    answer = who.report(calendar, xml_doc(
        "C:calendar-query", "<D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name='VCALENDAR'>"
        f"<C:comp-filter name='{component}'>{inside}</C:comp-filter></C:comp-filter></C:filter>"))
    assert answer.status == 207, answer.text
    return {href[len(calendar):] for href in answer.responses()}


def prop(name, inside):
    return f"<C:prop-filter name='{name}'>{inside}</C:prop-filter>"


def text(words, more=""):
    return f"<C:text-match {more}>{words}</C:text-match>"


def it_finds(ann, calendar):
    alarm = ("BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT2H\r\nEND:VALARM\r\n")
    ann.put_event(calendar + "a.ics", event("alpha@x", summary="Fr\u00fchst\u00fcck"))
    ann.put_event(calendar + "b.ics", event(
        "Beta@x", summary="Lunch",
        extra="ATTENDEE;PARTSTAT=DECLINED:mailto:ben@example.com\r\nCATEGORIES:work,food\r\n" + alarm))
    ann.put_event(calendar + "t.ics", todo("todo@x", extra="PRIORITY:1\r\n"))

    assert found(ann, calendar, "VEVENT") == {"a.ics", "b.ics"}
    assert found(ann, calendar, "VTODO") == {"t.ics"}
    assert found(ann, calendar, "VJOURNAL") == set()
    assert found(ann, calendar, "VEVENT", prop("UID", text("BETA@X"))) == {"b.ics"}
    assert found(ann, calendar, "VEVENT", prop("UID", text("BETA@X", "collation='i;octet'"))) == set()
    assert found(ann, calendar, "VEVENT", prop("UID", text("@x"))) == {"a.ics", "b.ics"}
    assert found(ann, calendar, "VEVENT", prop(
        "SUMMARY", text("FR\u00dcH", "collation='i;unicode-casemap'"))) == {"a.ics"}
    assert found(ann, calendar, "VEVENT", prop(
        "SUMMARY", text("lunch", "negate-condition='yes'"))) == {"a.ics"}
    assert found(ann, calendar, "VEVENT", prop("CATEGORIES", "<C:is-not-defined/>")) == {"a.ics"}
    assert found(ann, calendar, "VEVENT", prop(
        "ATTENDEE", f"<C:param-filter name='PARTSTAT'>{text('DECLINED')}</C:param-filter>")) == {"b.ics"}
    ringing = ("<C:comp-filter name='VALARM'><C:time-range start='20261124T065900Z' "
               "end='20261124T070100Z'/></C:comp-filter>")
    assert found(ann, calendar, "VEVENT", ringing) == {"b.ics"}
    assert found(ann, calendar, "VEVENT", ringing.replace("T07", "T08").replace("T065", "T075")) == set()
