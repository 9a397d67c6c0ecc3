"""HEAD and GET of an item tell its ETag and type."""
from dav import card, event


def it_answers(ann, calendar):
    put = ann.put_event(calendar + "a.ics", event("a"))
    for method in ("HEAD", "GET"):
        answer = ann(method, calendar + "a.ics")
        assert answer.status == 200 and answer.etag == put.etag
        assert answer.headers["Content-Type"].startswith("text/calendar")
        assert int(answer.headers["Content-Length"]) == len(event("a").encode())


def it_answers_for_cards(ann, book):
    put = ann.put_card(book + "a.vcf", card("a"))
    for method in ("HEAD", "GET"):
        answer = ann(method, book + "a.vcf")
        assert answer.status == 200 and answer.etag == put.etag
        assert answer.headers["Content-Type"].startswith("text/vcard")
        assert int(answer.headers["Content-Length"]) == len(card("a").encode())
