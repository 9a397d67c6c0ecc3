"""Without a grant another user's things are as if they were not there."""
from dav import card, xml_doc


def it_is_404(ann, ben, book):
    ann.put_card(book + "a.vcf", card("a"))
    for method in ("GET", "PROPFIND", "DELETE", "REPORT"):
        body = xml_doc("CR:addressbook-query", "<D:prop><D:getetag/></D:prop>") if method == "REPORT" else None
        there, absent = ben(method, book + "a.vcf", body), ben(method, book + "zz.vcf", body)
        assert there.status == 404 and there.body == absent.body, method
    assert ben.put_card(book + "b.vcf", card("b")).status in (403, 404, 409)
    moved = ann("GET", book + "a.vcf")
    assert moved.status == 200
    many = ben.report("/addressbooks/ben/contacts/", xml_doc(
        "CR:addressbook-multiget", f"<D:prop><CR:address-data/></D:prop><D:href>{book}a.vcf</D:href>"))
    assert many.responses()[book + "a.vcf"]["status"] == 404
    assert ben("COPY", book + "a.vcf", Destination="/addressbooks/ben/contacts/a.vcf").status == 404
