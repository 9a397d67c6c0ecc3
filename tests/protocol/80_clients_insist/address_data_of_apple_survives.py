"""Groups, labels, years left out and big photos come back as they were."""
from dav import card

EXTRA = ("item1.TEL:+49 30 1\r\nitem1.X-ABLabel:_$!<Other>!$_\r\n"
         "BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-09\r\n"
         "X-ADDRESSBOOKSERVER-KIND:group\r\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:abc\r\n"
         "PHOTO;ENCODING=b;TYPE=JPEG:" + "\r\n ".join(["A" * 72] * 400) + "\r\n")


def it_survives(ann, book):
    body = card("a", extra=EXTRA)
    assert ann.put_card(book + "a.vcf", body).status == 201
    assert ann("GET", book + "a.vcf").body == body.encode()
