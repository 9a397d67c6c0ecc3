"""CATEGORIES of a lead hold exactly one status: who adds another one means that one."""
from dav import card
from phones import first, parse


def words(ann, path):
    return first(parse(ann("GET", path).text), "CATEGORIES").split(",")


def put(ann, path, categories):
    seen = ann("GET", path)
    old = first(parse(seen.text), "CATEGORIES")
    assert ann.put_card(path, seen.text.replace(f"CATEGORIES:{old}", f"CATEGORIES:{categories}"),
                        If_Match=seen.etag).status == 204


def it_is_so(ann, records, uid):
    path = f"/addressbooks/ann/leads/{uid}.vcf"
    assert ann.put_card(path, card(uid, "Karl Kunde", extra="CATEGORIES:fair,New,Working\r\n")).status == 201
    assert words(ann, path) == ["New", "fair"]
    for sent, status, stored in (("New,fair,working", "Working", ["Working", "fair"]),
                                 ("Working,New,fair,blue", "New", ["New", "fair", "blue"]),
                                 ("New,Working,Nurturing", "Working", ["Working"]),
                                 ("blue", "Working", ["Working", "blue"])):
        put(ann, path, sent)
        lead = records.values("leads", uid)
        assert lead["names"]["status"] == status and words(ann, path) == stored, sent
        assert lead.get("tags", []) == stored[1:]


def it_is_left_as_it_was_sent_where_it_is_so(ann, uid):
    path = f"/addressbooks/ann/leads/{uid}.vcf"
    assert ann.put_card(path, card(uid, "Karl Kunde", extra="CATEGORIES:fair\r\n")).status == 201
    put(ann, path, "fair,blue,New")
    seen = ann("GET", path)
    answer = ann.put_card(path, seen.text.replace("FN:Karl Kunde", "FN:Karl K."), If_Match=seen.etag)
    assert answer.status == 204 and answer.etag, "to the byte: a strong ETag"
