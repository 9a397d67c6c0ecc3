"""A token of another collection, from the future, or garbage: 403 valid-sync-token."""


def it_is_refused(ann, book):
    other = ann.sync("/addressbooks/ann/contacts/").sync_token()
    own = ann.sync(book).sync_token()
    for token in (other, "http://example.com/1", own + "0000000", "x"):
        answer = ann.sync(book, token)
        assert answer.status == 403 and answer.condition() == "D:valid-sync-token", token
    assert ann.sync(book, own).status == 207
