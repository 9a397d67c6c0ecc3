"""RFC 6352 8: addressbook-query and addressbook-multiget are reports of a card too."""
from dav import card, short, xml_doc


def query(client, path, words, kind="application/xml"):
    return client("REPORT", path, xml_doc(
        "CR:addressbook-query", "<D:prop><D:getetag/></D:prop><CR:filter><CR:prop-filter name='FN'>"
        f"<CR:text-match>{words}</CR:text-match></CR:prop-filter></CR:filter>"),
        Depth="0", Content_Type=kind)


def it_is_asked(ann, book):
    path = book + "a.vcf"
    ann.put_card(path, card("a", fn="Karl Kunde"))
    assert list(query(ann, path, "kunde").responses()) == [path]
    assert query(ann, path, "meier").status == 207 and not query(ann, path, "meier").responses()
    answer = ann.report(path, xml_doc(
        "CR:addressbook-multiget", f"<D:prop><D:getetag/></D:prop><D:href>{path}</D:href>"), depth=0)
    assert list(answer.responses()) == [path]
    reports = ann.propfind(path, "D:supported-report-set").responses()[path]["props"]
    names = {short(e.tag) for e in reports["D:supported-report-set"].iter()}
    assert {"CR:addressbook-query", "CR:addressbook-multiget"} <= names


def it_does_not_matter_what_the_body_is_called(ann, book):
    # Some clients name the type of what they ask for.
    ann.put_card(book + "a.vcf", card("a"))
    assert query(ann, book, "kunde", "text/vcard; charset=utf-8").status == 207


def it_is_no_oracle_for_others(ben, ann, book):
    ann.put_card(book + "a.vcf", card("a"))
    assert query(ben, book + "a.vcf", "kunde").status == 404
