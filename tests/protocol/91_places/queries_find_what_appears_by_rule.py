"""Standard queries on somebody's own collections of the CRM find what appears there: the index knows
records by their home."""
import uuid

import pytest

from dav import card, todo, xml_doc
from places import hrefs, search


@pytest.fixture
def word():
    return "w" + uuid.uuid4().hex[:10]


def calendar_query(client, path, component, inside="", props="<D:getetag/>"):
    return client.report(path, xml_doc(
        "C:calendar-query", f'<D:prop>{props}</D:prop><C:filter><C:comp-filter name="VCALENDAR">'
        f'<C:comp-filter name="{component}">{inside}</C:comp-filter></C:comp-filter></C:filter>'))


def test_cards_by_text(people, word):
    for who in ("ann", "emil"):
        for i, shelf in enumerate(("leads", "accounts")):
            client, uid = getattr(people, who), f"{word}-{who}-{i}"
            assert client.put_card(f"/addressbooks/{who}/{shelf}/{uid}.vcf",
                                   card(uid, f"{word} {who}", f"EMAIL:{uid}@example.com\r\n")).status == 201
    found = search(people.ann, "/addressbooks/ann/leads/", word)
    assert list(hrefs(found)) == [f"/addressbooks/ann/leads/{word}-ann-0.vcf"]
    found = search(people.ann, "/addressbooks/ann/accounts/", f"{word}-ann-1", "EMAIL")
    assert list(hrefs(found)) == [f"/addressbooks/ann/accounts/{word}-ann-1.vcf"]
    assert not hrefs(search(people.ann, "/addressbooks/ann/contacts/", word))
    deep = people.ann.report("/addressbooks/ann/", xml_doc(
        "CR:addressbook-query", '<D:prop><D:getetag/></D:prop><CR:filter><CR:prop-filter name="FN">'
        f"<CR:text-match>{word}</CR:text-match></CR:prop-filter></CR:filter>"), depth="infinity")
    assert len(hrefs(deep)) == 2


def test_cases_by_time_text_and_component(people, word):
    path = f"/calendars/ben/cases/{word}.ics"
    body = todo(word, word, "DTSTART:20261201T080000Z\r\n")
    assert people.ben.put_event(path, body).status == 201
    fay = f"/calendars/fay/cases/{word}-fay.ics"
    assert people.fay.put_event(fay, todo(word + "-fay", word)).status == 201

    def ask(inside, component="VTODO"):
        return [h for h in hrefs(calendar_query(people.ben, "/calendars/ben/cases/", component, inside)) if word in h]
    assert ask("") == [path]
    assert ask(f'<C:prop-filter name="SUMMARY"><C:text-match>{word}</C:text-match></C:prop-filter>') == [path]
    assert ask('<C:prop-filter name="SUMMARY"><C:text-match>zzzz</C:text-match></C:prop-filter>') == []
    assert ask(f'<C:prop-filter name="UID"><C:text-match>{word}</C:text-match></C:prop-filter>') == [path]
    assert ask("", "VEVENT") == []


def test_notes_by_time(people, word):
    body = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VJOURNAL\r\n"
            f"UID:{word}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261110T120000Z\r\nSUMMARY:{word}\r\n"
            "END:VJOURNAL\r\nEND:VCALENDAR\r\n")
    path = f"/calendars/ann/journal/{word}.ics"
    assert people.ann.put_event(path, body).status == 201

    def ask(start, end):
        return path in hrefs(calendar_query(people.ann, "/calendars/ann/journal/", "VJOURNAL",
                                            f'<C:time-range start="{start}" end="{end}"/>'))
    assert ask("20261110T000000Z", "20261111T000000Z")
    assert not ask("20261111T000000Z", "20261112T000000Z")
