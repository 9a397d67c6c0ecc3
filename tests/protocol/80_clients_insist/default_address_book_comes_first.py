"""macOS Contacts takes the first book listed: the default one."""
from dav import xml_doc


def it_is_first(ann, book):
    found = ann.propfind("/addressbooks/ann/", "D:resourcetype", depth=1).responses()
    books = [h for h in found if h != "/addressbooks/ann/"]
    assert books[0] == "/addressbooks/ann/contacts/" and book in books


def it_is_first_by_being_the_default_and_not_by_name(own_server):
    ann = own_server.client("ann")
    for name in ("000", "AAA", "zzz"):
        assert ann("MKCOL", f"/addressbooks/ann/{name}/", xml_doc(
            "D:mkcol", "<D:set><D:prop><D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype></D:prop></D:set>"),
            Content_Type="application/xml").status == 201
    found = list(ann.propfind("/addressbooks/ann/", "D:resourcetype", depth=1).responses())
    assert found[:2] == ["/addressbooks/ann/", "/addressbooks/ann/contacts/"] and "/addressbooks/ann/000/" in found
