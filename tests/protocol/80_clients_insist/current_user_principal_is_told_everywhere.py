"""current-user-principal is answered on calendars, books, homes and members too."""
from dav import card, event


def it_is_told(ann, calendar, book):
    ann.put_event(calendar + "a.ics", event("a"))
    ann.put_card(book + "a.vcf", card("a"))
    ann("PUT", "/files/ann/a.txt", "a")
    for path in ("/", "/principals/", "/principals/users/", "/calendars/", "/addressbooks/", "/files/", "/files/ann/a.txt",
                 "/addressbooks/directory/", calendar, calendar[:-1], book, "/calendars/ann/", "/addressbooks/ann/", "/files/ann/",
                 calendar + "a.ics", book + "a.vcf", "/principals/users/ann/"):
        entry, = ann.propfind(path, "D:current-user-principal").responses().values()
        assert entry["props"]["D:current-user-principal"][0].text == "/principals/users/ann/", path
