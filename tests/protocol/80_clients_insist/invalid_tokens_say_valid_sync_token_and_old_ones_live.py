"""Only a token that was never given is refused, by 403 valid-sync-token; those given stay good through any change."""
from dav import card


def it_is_refused(ann, book):
    for token in ("data:,nonsense", "http://example.com/ns/sync/1", "x", ann.sync(book).sync_token() + "9"):
        answer = ann.sync(book, token)
        assert answer.status == 403 and answer.condition() == "D:valid-sync-token", token
        assert len(answer.xml) >= 1


def it_lives(own_server):
    ann = own_server.client("ann")
    book = "/addressbooks/ann/contacts/"
    ann.put_card(book + "first.vcf", card("first"))
    token = ann.sync(book).sync_token()
    for n in range(150):
        assert ann.put_card(f"{book}{n}.vcf", card(str(n))).status == 201
        assert ann("DELETE", f"{book}{n}.vcf").status == 204
    ann("DELETE", book + "first.vcf")
    ann.put_card(book + "last.vcf", card("last"))
    own_server.stop()
    own_server.start()
    found = own_server.client("ann").sync(book, token).responses()
    assert found[book + "first.vcf"]["status"] == 404
    assert found[book + "last.vcf"]["status"] is None
    assert all(e["status"] == 404 for h, e in found.items() if h != book + "last.vcf")
