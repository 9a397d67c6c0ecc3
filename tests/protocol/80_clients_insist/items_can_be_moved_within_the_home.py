"""MOVE takes an item from one calendar to another."""
from dav import event


def it_moves(ann, calendar):
    other = calendar[:-1] + "-two/"
    assert ann("MKCALENDAR", other).status == 201
    ann.put_event(calendar + "a.ics", event("a"))
    assert ann("MOVE", calendar + "a.ics", Destination=ann.url + other + "b.ics").status == 201
    assert ann("GET", calendar + "a.ics").status == 404
    assert ann("GET", other + "b.ics").body == event("a").encode()
