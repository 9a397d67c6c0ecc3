"""calendar-query-extended: test="anyof" needs one test of many, match-type says where the text stands."""
from dav import event, todo, xml_doc


def found(who, calendar, inside, status=207):
    answer = who.report(calendar, xml_doc(
        "C:calendar-query", f"<D:prop><D:getetag/></D:prop><C:filter>{inside}</C:filter>"))
    assert answer.status == status, answer.text
    return {href[len(calendar):] for href in answer.responses()} if status == 207 else answer


def comp(name, inside="", more=""):
    return f"<C:comp-filter name='{name}' {more}>{inside}</C:comp-filter>"


def summary(words, how):
    return (f"<C:prop-filter name='SUMMARY'><C:text-match match-type='{how}'>{words}</C:text-match>"
            "</C:prop-filter>")


def it_finds(ann, calendar):
    ann.put_event(calendar + "a.ics", event("a@x", summary="Lunch with Ben"))
    ann.put_event(calendar + "b.ics", event("b@x", summary="Late lunch"))
    ann.put_event(calendar + "t.ics", todo("t@x"))

    assert "calendar-query-extended" in ann("OPTIONS", calendar).headers["DAV"]
    for how, names in (("starts-with", {"a.ics"}), ("ends-with", {"b.ics"}), ("equals", set()),
                       ("contains", {"a.ics", "b.ics"})):
        assert found(ann, calendar, comp("VCALENDAR", comp("VEVENT", summary("lunch", how)))) == names
    both = comp("VEVENT", summary("with", "contains") + summary("late", "contains"), "test='anyof'")
    assert found(ann, calendar, comp("VCALENDAR", both)) == {"a.ics", "b.ics"}
    assert found(ann, calendar, comp("VCALENDAR", both.replace("anyof", "allof"))) == set()
    either = comp("VEVENT") + comp("VTODO")
    assert found(ann, calendar, comp("VCALENDAR", either, "test='anyof'")) == {"a.ics", "b.ics", "t.ics"}
    assert found(ann, calendar, comp("VCALENDAR", either)) == set()
    answer = found(ann, calendar, comp("VCALENDAR", either, "test='someof'"), 403)
    assert "valid-filter" in answer.text
