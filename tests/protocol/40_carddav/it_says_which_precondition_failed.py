"""RFC 6352 6.3.2.1, 8.6, 8.7: what cannot be stored or told is refused by the precondition that failed."""
import pytest
from dav import card, event, xml_doc

ALL = "<CR:filter/>"
ETAG = "<D:getetag/>"


@pytest.mark.parametrize("body, kind, condition", [
    ("nonsense", "text/vcard", "CR:valid-address-data"),
    (card("a").replace("END:VCARD\r\n", ""), "text/vcard", "CR:valid-address-data"),
    (card("a") + card("b"), "text/vcard", "CR:valid-address-data"),
    (card("a").replace("FN:Karl Kunde\r\nN:Karl Kunde;;;;\r\n", ""), "text/vcard", "CR:valid-address-data"),
    (card("a").replace("UID:a\r\n", ""), "text/vcard", "CR:valid-address-data"),
    (card("a", version="2.1"), "text/vcard", "CR:supported-address-data"),
    (event("a"), "text/calendar", "CR:supported-address-data"),
    (card("a"), "text/html", "CR:supported-address-data"),
])
def it_says_of_puts(ann, book, body, kind, condition):
    answer = ann("PUT", book + "a.vcf", body, Content_Type=kind)
    assert answer.status == 403 and answer.condition() == condition, answer.text
    assert ann("GET", book + "a.vcf").status == 404


@pytest.mark.parametrize("prop, rest, condition", [
    ("<CR:address-data content-type='text/html'/>", ALL, "CR:supported-address-data"),
    ("<CR:address-data content-type='text/vcard' version='9.0'/>", ALL, "CR:supported-address-data"),
    (ETAG, "<CR:filter><CR:prop-filter name='FN'><CR:text-match collation='x'>a</CR:text-match></CR:prop-filter></CR:filter>",
     "CR:supported-collation"),
    (ETAG, "<CR:filter><CR:prop-filter name='FN'><CR:text-match match-type='like'>a</CR:text-match></CR:prop-filter></CR:filter>",
     "CR:supported-filter"),
    (ETAG, "<CR:filter test='most'/>", "CR:supported-filter"),
    (ETAG, "<CR:filter><CR:comp-filter name='x'/></CR:filter>", "CR:supported-filter"),
    (ETAG, "<CR:filter><CR:prop-filter/></CR:filter>", "CR:supported-filter"),
])
def it_says_of_reports(ann, book, prop, rest, condition):
    ann.put_card(book + "a.vcf", card("a"))
    answer = ann.report(book, xml_doc("CR:addressbook-query", f"<D:prop>{prop}</D:prop>{rest}"))
    assert answer.status == 403 and answer.condition() == condition, answer.text


def it_says_that_there_is_more(ann, book):
    # RFC 6352 8.6.2: a limited answer has a 507 for the book.
    for n in range(4):
        ann.put_card(f"{book}{n}.vcf", card(str(n)))
    answer = ann.report(book, xml_doc(
        "CR:addressbook-query", f"<D:prop>{ETAG}</D:prop>{ALL}<CR:limit><CR:nresults>3</CR:nresults></CR:limit>"))
    found = answer.responses()
    assert found.pop(book)["status"] == 507 and len(found) == 3
    assert "number-of-matches-within-limits" in answer.text


def it_makes_books_where_they_belong(ann, book):
    body = xml_doc("D:mkcol", "<D:set><D:prop><D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype></D:prop></D:set>")
    answer = ann("MKCOL", "/calendars/ann/book/", body, Content_Type="application/xml")
    assert answer.status == 403 and answer.condition() == "CR:addressbook-collection-location-ok"
    assert ann("MKCOL", book + "inner/", body, Content_Type="application/xml").status == 403
    strange = body.replace("CR:addressbook", "CS:strange")
    answer = ann("MKCOL", "/addressbooks/ann/strange/", strange, Content_Type="application/xml")
    assert answer.status == 403 and answer.condition() == "D:valid-resourcetype"
