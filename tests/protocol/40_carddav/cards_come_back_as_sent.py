"""A card is stored byte for byte; a UID may stand once in a book."""
from dav import card


def it_is_the_same(ann, book):
    body = card(extra="item1.TEL:+49 40 123\r\nitem1.X-ABLabel:Kontor\r\nX-ODD;A=b:c\r\n")
    put = ann.put_card(book + "a.vcf", body, If_None_Match="*")
    assert put.status == 201 and put.etag
    assert ann("GET", book + "a.vcf").text == body


def it_refuses_a_second_one(ann, book):
    assert ann.put_card(book + "a.vcf", card("same")).status == 201
    clash = ann.put_card(book + "b.vcf", card("same"))
    assert clash.status in (403, 409) and clash.condition() == "CR:no-uid-conflict"
    assert clash.xml.find(".//{DAV:}href").text == book + "a.vcf"
    assert ann("GET", book + "b.vcf").status == 404


def it_refuses_what_is_no_card(ann, book):
    bad = ann.put_card(book + "x.vcf", "nonsense")
    assert bad.status == 403 and bad.condition() in ("CR:valid-address-data", "CR:supported-address-data")
