"""OPTIONS works on the principal, homes, collections and members, with the whole DAV header: the same everywhere."""
from dav import event


PATHS = ("/", "/principals/", "/principals/users/ann/", "/calendars/ann/", "/addressbooks/ann/", "/files/ann/",
         "/calendars/ann/new/", "/calendars/ann")


def it_names_them(ann, calendar, book):
    ann.put_event(calendar + "a.ics", event("a"))
    headers = set()
    for path in (*PATHS, calendar, calendar[:-1], calendar + "a.ics", book):
        answer = ann("OPTIONS", path)
        assert answer.status == 200, path
        headers.add(answer.headers["DAV"])
        assert "OPTIONS" in answer.headers["Allow"] and "PROPFIND" in answer.headers["Allow"] or path.endswith("new/"), path
    header, = headers
    features = [f.strip() for f in header.split(",")]
    assert {"1", "2", "3", "access-control", "calendar-access", "addressbook", "extended-mkcol"} <= set(features)
    assert len(features) == len(set(features))


def it_names_none_that_does_not_work(ann, calendar):
    header = ann("OPTIONS", calendar).headers["DAV"]
    for feature in ("calendar-schedule", "calendar-auto-schedule", "calendar-availability", "inbox-availability",
                    "calendar-managed-attachments", "calendarserver-sharing", "version-control"):
        assert feature not in header


def it_tells_where_collections_can_be_made(ann):
    assert {"MKCALENDAR", "MKCOL"} <= set(ann("OPTIONS", "/calendars/ann/new/").headers["Allow"].split(", "))
