"""OPTIONS works on the principal, homes and collections, with the whole DAV header."""


def it_names_them(ann, calendar, book):
    for path in ("/principals/users/ann/", "/calendars/ann/", "/addressbooks/ann/", calendar, book):
        answer = ann("OPTIONS", path)
        assert answer.status in (200, 204), path
        features = [f.strip() for f in answer.headers["DAV"].split(",")]
        for feature in ("1", "3", "access-control", "calendar-access", "addressbook",
                        "extended-mkcol"):
            assert feature in features, (path, feature)
