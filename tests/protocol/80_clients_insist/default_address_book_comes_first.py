"""macOS Contacts takes the first book listed: the default one."""


def it_is_first(ann, book):
    found = ann.propfind("/addressbooks/ann/", "D:resourcetype", depth=1).responses()
    books = [h for h in found if h != "/addressbooks/ann/"]
    assert books[0] == "/addressbooks/ann/contacts/" and book in books
