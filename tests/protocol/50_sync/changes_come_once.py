"""sync-collection: what was added, changed and deleted since the token, last state per name."""
from dav import card


def names(answer, book):
    return {h[len(book):]: r["status"] for h, r in answer.responses().items()}


def it_syncs(ann, book):
    first = ann.sync(book)
    assert first.status == 207 and names(first, book) == {}
    for n in "abc":
        ann.put_card(f"{book}{n}.vcf", card(n))
    second = ann.sync(book, first.sync_token())
    assert names(second, book) == {"a.vcf": None, "b.vcf": None, "c.vcf": None}
    ann("DELETE", book + "a.vcf")
    ann.put_card(book + "b.vcf", card("b", "Changed"))
    ann.put_card(book + "new.vcf", card("new"))
    ann("DELETE", book + "new.vcf")
    third = ann.sync(book, second.sync_token())
    assert names(third, book) == {"a.vcf": 404, "b.vcf": None}
    assert names(ann.sync(book, third.sync_token()), book) == {}
    assert names(ann.sync(book), book) == {"b.vcf": None, "c.vcf": None}
    again = ann.put_card(book + "a.vcf", card("a"))
    assert again.status == 201
    assert names(ann.sync(book, third.sync_token()), book) == {"a.vcf": None}
