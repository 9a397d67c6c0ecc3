"""RFC 6352 7.1.2: principal-address is the card of the person; what macOS marks as "my card" is it too."""
import uuid

import pytest
from dav import card, xml_doc

ME = "/principals/users/ann/"
BOOK = "/addressbooks/ann/contacts/"


def patch(who, path, inside, verb="set"):
    answer = who("PROPPATCH", path, xml_doc("D:propertyupdate", f"<D:{verb}><D:prop>{inside}</D:prop></D:{verb}>"),
                 Content_Type="application/xml")
    assert answer.status == 207, answer
    return list(next(iter(answer.responses().values()))["missing"].values())


def href(path, name="CR:principal-address"):
    return f"<{name}><D:href>{path}</D:href></{name}>"


def told(who):
    props = who.propfind(ME, "CR:principal-address").responses()[ME]["props"]
    return props["CR:principal-address"].findtext("{DAV:}href") if "CR:principal-address" in props else None


@pytest.fixture
def own_card(ann):
    path = f"{BOOK}{uuid.uuid4()}.vcf"
    assert ann.put_card(path, card(uid=str(uuid.uuid4()))).status == 201
    yield path
    ann("DELETE", path)
    patch(ann, ME, "<CR:principal-address/>", "remove")


def test_it_is_set_and_told(ann, own_card):
    assert told(ann) is None
    assert patch(ann, ME, href(own_card)) == []
    assert told(ann) == own_card
    # RFC 6352 7.1.2: it comes when it is asked for by name.
    assert "principal-address" not in ann("PROPFIND", ME, xml_doc("D:propfind", "<D:allprop/>"), Depth="0").text


def test_it_may_be_an_absolute_address_of_this_server(ann, own_card):
    assert patch(ann, ME, href(ann.url + own_card)) == []
    assert told(ann) == own_card
    assert patch(ann, ME, href("http://elsewhere.example" + own_card)) == []
    assert told(ann) is None


def test_it_names_no_card_that_is_gone(ann, own_card):
    assert patch(ann, ME, href(own_card)) == []
    assert ann("DELETE", own_card).status == 204
    assert told(ann) is None


def test_it_names_no_card_that_the_reader_may_not_see(ann, ben, own_card):
    assert patch(ann, ME, href(own_card)) == []
    assert told(ben) is None


def test_the_card_macos_marks_is_it(ann, own_card):
    assert patch(ann, "/addressbooks/ann/", href(own_card, "CS:me-card")) == []
    assert told(ann) == own_card
    patch(ann, "/addressbooks/ann/", "<CS:me-card/>", "remove")
    assert told(ann) is None


@pytest.mark.parametrize("inside", [
    "<CR:principal-address/>", href(""), href(BOOK), href(BOOK + "nobody.vcf"), href(ME), href("/../x"),
    f"<CR:principal-address><D:href>{BOOK}</D:href><D:href>{BOOK}</D:href></CR:principal-address>",
])
def test_nonsense_is_refused(ann, inside):
    assert patch(ann, ME, inside) == [409]
    assert told(ann) is None


def test_nobody_says_it_of_others(ann, ben, own_card):
    answer = ben("PROPPATCH", ME, xml_doc("D:propertyupdate", f"<D:set><D:prop>{href(own_card)}</D:prop></D:set>"),
                 Content_Type="application/xml")
    assert answer.status in (403, 207) and (answer.status == 403 or "200 OK" not in answer.text)
    assert told(ann) is None
