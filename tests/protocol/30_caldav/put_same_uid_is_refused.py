"""A UID lives once in a calendar: a second name for it is refused, and told where the first is."""
from dav import NS, event


def it_names_the_other(ann, calendar):
    assert ann.put_event(calendar + "a.ics", event("one")).status == 201
    again = ann.put_event(calendar + "b.ics", event("one"))
    assert again.status in (403, 409)
    assert again.condition() == "C:no-uid-conflict"
    assert again.xml.find(".//D:href", NS).text == calendar + "a.ics"
    assert ann("GET", calendar + "b.ics").status == 404


def it_may_change_in_place(ann, calendar):
    ann.put_event(calendar + "a.ics", event("one"))
    assert ann.put_event(calendar + "a.ics", event("one", summary="New")).status == 204
