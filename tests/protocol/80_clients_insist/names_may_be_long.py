"""File names go up to 255 bytes."""
from dav import event


def it_takes_them(ann, calendar):
    name = "A" * 251 + ".ics"
    assert ann.put_event(calendar + name, event("a")).status == 201
    assert ann("GET", calendar + name).status == 200
