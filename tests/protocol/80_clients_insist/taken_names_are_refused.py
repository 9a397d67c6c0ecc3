"""A collection is not made twice, and a failed MKCALENDAR makes none."""


def it_refuses(ann, calendar):
    again = ann("MKCALENDAR", calendar)
    assert again.status in (403, 405)
    assert ann("MKCOL", calendar).status == 405
    assert ann("MKCALENDAR", "/calendars/ann/no/such/").status in (403, 409)
    assert ann.propfind("/calendars/ann/no/", "D:resourcetype").status == 404
