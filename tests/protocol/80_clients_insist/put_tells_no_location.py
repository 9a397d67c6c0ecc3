"""PUT sends no Location: some clients would follow it."""
from dav import card, event


def it_tells_none(ann, calendar, book):
    for path, put, body in ((calendar + "a.ics", ann.put_event, event("a")), (book + "a.vcf", ann.put_card, card("a"))):
        for status in (201, 204):
            answer = put(path, body)
            assert answer.status == status and "Location" not in answer.headers
