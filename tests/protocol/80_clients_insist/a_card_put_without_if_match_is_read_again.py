"""Thunderbird puts without If-Match, then asks for the one card by multiget."""
from dav import card, xml_doc


def it_is_read(ann, book):
    assert ann.put_card(book + "a.vcf", card("a")).status == 201
    assert ann.put_card(book + "a.vcf", card("a", fn="New")).status == 204
    answer = ann.report(book, xml_doc(
        "CR:addressbook-multiget", "<D:prop><D:getetag/><CR:address-data/></D:prop>"
        f"<D:href>{book}a.vcf</D:href>"), depth=1)
    entry, = answer.responses().values()
    assert "FN:New" in entry["props"]["CR:address-data"].text
