"""The report crm-query (docs/dav-extensions.md)."""
import uuid

import pytest

from dav import card
from places import crm_query, hrefs, valid

LEADS = "/addressbooks/company/leads/"
ACCOUNTS = "/addressbooks/company/accounts/"


@pytest.fixture
def word():
    return "q" + uuid.uuid4().hex[:10]


@pytest.fixture
def leads(people, word):
    """Three leads of ann's: {title: href at home}."""
    made = {}
    for i, title in enumerate(("Alpha", "Beta", "Gamma")):
        uid = f"{word}-{i}"
        extra = f"EMAIL:{title.lower()}@example.com\r\nORG:Firma {word}\r\n"
        assert people.ann.put_card(f"/addressbooks/ann/leads/{uid}.vcf",
                                   card(uid, f"{title} {word}", extra)).status == 201
        made[title] = f"{LEADS}{uid}.vcf"
    return made


def test_text_and_fields(people, leads, word):
    assert set(hrefs(crm_query(people.ann, LEADS, f"text:contains:{word}"))) == set(leads.values())
    assert set(hrefs(crm_query(people.ann, LEADS, f"text:contains:{word}", "name:contains:Beta"))) \
        == {leads["Beta"]}
    assert not hrefs(crm_query(people.ann, LEADS, f"text:contains:{word}", "name:eq:Delta"))
    assert len(hrefs(crm_query(people.ann, LEADS, f"text:contains:{word}", "owner:eq:me"))) == 3
    assert not hrefs(crm_query(people.lea, LEADS, f"text:contains:{word}", "owner:eq:me"))


def test_order_and_limit_go_on_at_the_cursor(people, leads, word):
    asked = f"text:contains:{word}"
    order = '<K:sort order="descending">title</K:sort>'
    limit = "<D:limit><D:nresults>2</D:nresults></D:limit>"
    first = crm_query(people.ann, LEADS, asked, more=order + limit)
    assert list(hrefs(first)) == [leads["Gamma"], leads["Beta"]]
    assert first.responses()[LEADS]["status"] == 507
    cursor = first.xml.find("{urn:x-kontor:dav}cursor").text
    rest = crm_query(people.ann, LEADS, asked, more=order + limit + f"<K:cursor>{cursor}</K:cursor>")
    assert list(hrefs(rest)) == [leads["Alpha"]]
    assert LEADS not in rest.responses() and rest.xml.find("{urn:x-kontor:dav}cursor") is None


def test_values_that_are_on_the_wire_are_given(people, leads, word):
    props = '<K:noun/><K:record/><K:fields><K:field name="name"/><K:field name="status"/></K:fields>'
    answer = crm_query(people.ann, LEADS, "name:contains:Alpha", f"text:contains:{word}", props=props)
    shown = answer.responses()[leads["Alpha"]]["props"]
    assert shown["K:noun"].text == "leads" and int(shown["K:record"].text) > 0
    assert {f.get("name"): f.text for f in shown["K:fields"]} == {"name": f"Alpha {word}", "status": "New"}
    whole = crm_query(people.ann, LEADS, "name:contains:Alpha", f"text:contains:{word}", props="<K:fields/>")
    names = {f.get("name") for f in whole.responses()[leads["Alpha"]]["props"]["K:fields"]}
    assert {"name", "emails", "company", "status"} <= names
    assert not names & {"owner", "team", "score", "value", "consent", "first_responded_at"}


def test_what_is_kept_beside_the_body_is_not_given(people, leads, word):
    answer = crm_query(people.lea, LEADS, f"text:contains:{word}", props='<K:fields><K:field name="owner"/></K:fields>')
    for href in leads.values():
        assert answer.responses()[href]["missing"] == {"K:fields": 403}
    assert "supported-field" in answer.text and "Ahlers" not in answer.text


def test_fields_may_be_asked_on_every_road(people, leads, word):
    own = leads["Alpha"].replace("company", "ann")
    answer = people.ann.propfind(own, 'K:fields')
    assert not valid(answer.body)
    assert answer.responses()[own]["props"]["K:fields"] is not None
    plain = "/addressbooks/ann/contacts/plain.vcf"
    people.ann.put_card(plain, card("plain"))
    assert people.ann.propfind(plain, "K:fields", "K:noun", "K:record").responses()[plain]["missing"] \
        == {"K:fields": 404, "K:noun": 404, "K:record": 404}


def test_nouns_of_one_shelf_are_told_apart(people, word):
    org = card(f"{word}-o", f"Org {word}", "KIND:org\r\n", "4.0")
    assert people.ann.put_card(f"/addressbooks/ann/accounts/{word}-o.vcf", org).status == 201
    assert people.ann.put_card(f"/addressbooks/ann/accounts/{word}-p.vcf",
                               card(f"{word}-p", f"Person {word}")).status == 201
    assert list(hrefs(crm_query(people.ann, ACCOUNTS, f"text:contains:{word}"))) == [f"{ACCOUNTS}{word}-o.vcf"]
    assert list(hrefs(crm_query(people.ann, ACCOUNTS, f"text:contains:{word}", noun="contacts"))) \
        == [f"{ACCOUNTS}{word}-p.vcf"]


@pytest.mark.parametrize("filters, more, noun", [
    (["nonsense"], "", None), (["shoe_size:eq:44"], "", None), (["status:almost:New"], "", None),
    ([], "<K:sort>shoe_size</K:sort>", None), ([], "", "cases"), ([], "", "shoes")])
def test_what_is_not_understood_is_refused(people, filters, more, noun):
    answer = crm_query(people.ann, LEADS, *filters, more=more, noun=noun, lawful=False)
    assert answer.status == 403 and answer.condition() == "K:supported-filter", answer.text


def test_it_is_offered_where_it_is_answered(people):
    for path, offered in ((LEADS, True), (ACCOUNTS, True), ("/calendars/company/deals/", True),
                          ("/addressbooks/ann/leads/", False), ("/addressbooks/ann/contacts/", False),
                          ("/calendars/ann/calendar/", False), ("/addressbooks/directory/", False)):
        answer = people.ann.propfind(path, "D:supported-report-set", "D:resourcetype")
        assert not valid(answer.body)
        assert ("crm-query" in answer.text) == offered, path
        if not offered:
            assert crm_query(people.ann, path).condition() == "D:supported-report"


def test_collections_say_what_they_are(people):
    def types(path):
        props = people.ann.propfind(path, "D:resourcetype").responses()[path]["props"]
        return [e.tag.split("}")[1] for e in props["D:resourcetype"] if "kontor" in e.tag]
    assert types(LEADS) == ["leads", "company"]
    assert types("/addressbooks/ann/leads/") == ["leads"]
    assert types("/calendars/ann/deals/") == ["deals"]
    assert types("/calendars/ann/calendar/") == []
