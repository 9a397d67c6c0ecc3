"""addressbook-query without a filter lists the book."""
from dav import card, xml_doc


def it_lists(ann, book):
    ann.put_card(book + "a.vcf", card("a"))
    answer = ann.report(book, xml_doc("CR:addressbook-query", "<D:prop><D:getetag/></D:prop>"))
    assert answer.status == 207 and list(answer.responses()) == [book + "a.vcf"]
