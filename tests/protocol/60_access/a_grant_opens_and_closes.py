"""ACL: read for a group lets its members read and not write; taking it back closes."""
from dav import card, xml_doc


def acl(inside):
    return xml_doc("D:acl", inside)


READ = ("<D:ace><D:principal><D:href>/principals/groups/sales/</D:href></D:principal>"
        "<D:grant><D:privilege><D:read/></D:privilege></D:grant></D:ace>")


def it_opens(ann, ben, server, book):
    carla = server.client("carla")
    ann.put_card(book + "a.vcf", card("a"))
    assert ann("ACL", book, acl(READ), Content_Type="application/xml").status == 200
    assert ben("GET", book + "a.vcf").status == 200
    refused = ben.put_card(book + "a.vcf", card("a", "Evil"))
    assert refused.status == 403 and refused.condition() == "D:need-privileges"
    assert ben("ACL", book, acl(READ), Content_Type="application/xml").status == 403
    assert carla("GET", book + "a.vcf").status == 404
    assert ann("ACL", book, acl(""), Content_Type="application/xml").status == 200
    assert ben("GET", book + "a.vcf").status == 404
