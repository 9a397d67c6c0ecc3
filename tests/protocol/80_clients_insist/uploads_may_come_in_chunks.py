"""PUT without a Content-Length works."""
from dav import event


def it_works(ann, calendar):
    body = event("a").encode()
    answer = ann.session.put(ann.url + calendar + "a.ics", data=iter([body[:20], body[20:]]),
                             headers={"Content-Type": "text/calendar"}, timeout=20)
    assert answer.status_code == 201
    assert ann("GET", calendar + "a.ics").body == body
