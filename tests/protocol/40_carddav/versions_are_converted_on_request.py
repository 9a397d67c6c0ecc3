"""3.0 is given as 4.0, and as jCard, to who asks; as stored otherwise."""
import json

from dav import card, xml_doc


def it_converts(ann, book):
    ann.put_card(book + "a.vcf", card(extra="X-ADDRESSBOOKSERVER-KIND:group\r\n"))
    assert "VERSION:3.0" in ann("GET", book + "a.vcf").text
    four = ann("GET", book + "a.vcf", Accept="text/vcard; version=4.0").text
    assert "VERSION:4.0" in four and "KIND:group" in four
    jcard = ann("GET", book + "a.vcf", Accept="application/vcard+json")
    assert json.loads(jcard.text)[0] == "vcard"
    many = ann.report(book, xml_doc(
        "CR:addressbook-multiget", '<D:prop><CR:address-data version="4.0"><CR:prop name="FN"/></CR:address-data>'
        f"</D:prop><D:href>{book}a.vcf</D:href><D:href>{book}gone.vcf</D:href>"))
    data = many.responses()[book + "a.vcf"]["props"]["CR:address-data"].text
    assert "VERSION:4.0" in data and "FN:" in data and "KIND" not in data
    assert many.responses()[book + "gone.vcf"]["status"] == 404
