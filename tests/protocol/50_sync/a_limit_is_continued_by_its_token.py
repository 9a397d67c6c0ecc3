"""limit: 507 on the request URI and a token that stands for what was sent."""
from dav import card


def it_continues(ann, book):
    for i in range(7):
        ann.put_card(f"{book}{i}.vcf", card(str(i)))
    seen, token = set(), ""
    for _ in range(10):
        answer = ann.sync(book, token, limit=3)
        got = answer.responses()
        token = answer.sync_token()
        part = set(got) - {book}
        assert len(part) <= 3 and not part & seen
        seen |= part
        if book not in got:
            break
        assert got[book]["status"] == 507
    assert len(seen) == 7
