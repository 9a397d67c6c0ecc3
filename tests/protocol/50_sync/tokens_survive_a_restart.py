"""After a restart the old token still tells what changed."""
from dav import card


def it_survives(own_server):
    ann = own_server.client("ann")
    book = "/addressbooks/ann/contacts/"
    ann.put_card(book + "a.vcf", card("a"))
    token = ann.sync(book).sync_token()
    ann.put_card(book + "b.vcf", card("b"))
    own_server.stop()
    own_server.start()
    assert set(own_server.client("ann").sync(book, token).responses()) == {book + "b.vcf"}
