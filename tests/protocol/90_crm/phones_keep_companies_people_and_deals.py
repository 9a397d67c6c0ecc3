"""Accounts, contacts, deals and notes in the hands of the same clients: opened and saved, and what their
users change."""
import uuid

import pytest

from phones import CARDS, Tasks, digits, every, first, parse

ACCOUNT = ("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{name}\r\nN:;;;;\r\nORG:{name}\r\n"
           "X-ABShowAs:COMPANY\r\nTEL;TYPE=WORK:+49 228 123-0\r\nURL:https://acme.example/\r\n"
           "ADR;TYPE=WORK:;;Weg 1;Bonn;;53111;Germany\r\nCATEGORIES:Customer,Messe\r\nNOTE:Groß.\r\n"
           "END:VCARD\r\n")
CONTACT = ("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:Petra Person\r\nN:Person;Petra;;;\r\n"
           "ORG:{name};Einkauf\r\nTEL;TYPE=CELL:+49 171 99\r\nEMAIL;TYPE=INTERNET,WORK:p@acme.example\r\n"
           "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-31\r\nCATEGORIES:VIP\r\nEND:VCARD\r\n")


@pytest.fixture(params=CARDS, ids=lambda c: c.name)
def phone(request):
    return request.param()


@pytest.fixture
def account(ann):
    uid = str(uuid.uuid4())
    name = f"Acme {uid[:8]} GmbH"
    path = f"/addressbooks/ann/accounts/{uid}.vcf"
    assert ann.put_card(path, ACCOUNT.format(uid=uid, name=name)).status == 201
    return uid, name, path


@pytest.fixture
def contact(ann, account, uid):
    path = f"/addressbooks/ann/accounts/{uid}.vcf"
    assert ann.put_card(path, CONTACT.format(uid=uid, name=account[1])).status == 201
    return uid, path


def save(client, phone, path, body, etag):
    put = client.put_card if path.endswith(".vcf") else client.put_event
    answer = put(path, body, If_Match=etag, User_Agent=phone.agent)
    assert answer.status == 204, answer.text


def says(body):
    props = parse(body)
    return {name: sorted(digits(p.value) if name == "TEL" else p.value for p in every(props, name))
            for name in ("FN", "N", "ORG", "TEL", "EMAIL", "URL", "ADR", "CATEGORIES", "NOTE", "BDAY")}


def test_a_company_stays_one(ann, phone, account, records):
    uid, _, path = account
    seen, was = ann("GET", path), records.values("accounts", uid)
    save(ann, phone, path, phone.open(seen.text).save(), seen.etag)
    now = ann("GET", path).text
    assert says(now) == says(seen.text)
    assert first(parse(now), "X-ABSHOWAS") == "COMPANY"
    assert records.values("accounts", uid) == was and was["type"] == "Customer"


def test_a_company_is_renamed_with_its_people(ann, phone, account, contact, records):
    uid, name, path = account
    seen = ann("GET", path)
    phone.open(seen.text).set("ORG", name.replace("Acme", "Bcme")).set("FN", name.replace("Acme", "Bcme"))
    save(ann, phone, path, phone.save(), seen.etag)
    assert records.values("accounts", uid)["name"] == name.replace("Acme", "Bcme")
    props = parse(ann("GET", contact[1]).text)
    assert first(props, "ORG") == name.replace("Acme", "Bcme") + ";Einkauf"


def test_a_person_stays_with_the_account(ann, phone, account, contact, records):
    uid, path = contact
    seen, was = ann("GET", path), records.values("contacts", uid)
    save(ann, phone, path, phone.open(seen.text).save(), seen.etag)
    assert says(ann("GET", path).text) == says(seen.text)
    assert records.values("contacts", uid) == was
    # A company that nobody knows does not take the person away.
    seen = ann("GET", path)
    phone.open(seen.text).set("ORG", "Nobody Knows Ltd;Einkauf")
    save(ann, phone, path, phone.save(), seen.etag)
    assert records.values("contacts", uid) == was
    assert first(parse(ann("GET", path).text), "ORG") == account[1] + ";Einkauf"


class Journal(Tasks):
    """jtx Board behind DAVx5, on a journal entry."""
    agent = "DAVx5/4.4.3-ose (dav4jvm; okhttp/4.12.0) Android/14"
    component = "VJOURNAL"

    def manner(self):
        self.set("SEQUENCE", str(int(self.get("SEQUENCE") or 0) + 1))


def test_a_deal_keeps_all_that_a_journal_has_no_word_for(ann, account, records, uid):
    path = f"/calendars/ann/deals/{uid}.ics"
    body = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VJOURNAL\r\n"
            f"UID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:Big one\r\nRELATED-TO:{account[0]}\r\n"
            "END:VJOURNAL\r\nEND:VCALENDAR\r\n")
    assert ann.put_event(path, body).status == 201
    records.change("deals", uid, amount=12300000, expected_close="2027-03-01", forecast="commit")
    seen, was = ann("GET", path), records.values("deals", uid)
    assert "123000" not in seen.text and "commit" not in seen.text
    phone = Journal().open(seen.text)
    phone.drop("RELATED-TO", "X-KONTOR-STAGE", "STATUS")
    phone.describe("Sie wollen zwei.")
    save(ann, phone, path, phone.save(), seen.etag)
    assert records.values("deals", uid) == {**was, "description": "Sie wollen zwei."}
    props = parse(ann("GET", path).text)
    assert first(props, "RELATED-TO") == account[0] and first(props, "STATUS") == "DRAFT"
    assert first(props, "X-KONTOR-STAGE") == "Prospecting"


def test_alarms_come_and_go_with_their_user(ben, uid):
    path = f"/calendars/ben/cases/{uid}.ics"
    body = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VTODO\r\n"
            f"UID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:Printer down\r\nEND:VTODO\r\nEND:VCALENDAR\r\n")
    alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Go\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\n"
    odd = "BEGIN:X-OTHER\r\nX-A:1\r\nEND:X-OTHER\r\n"
    assert ben.put_event(path, body).status == 201
    seen = ben("GET", path)
    more = seen.text.replace("END:VTODO", alarm + odd + "END:VTODO")
    assert ben.put_event(path, more, If_Match=seen.etag).status == 204
    seen = ben("GET", path)
    assert alarm in seen.text and odd in seen.text
    less = seen.text.replace(alarm, "").replace(odd, "")
    assert ben.put_event(path, less, If_Match=seen.etag).status == 204
    now = ben("GET", path).text
    assert alarm not in now, "every client knows alarms"
    assert odd in now, "and few know this"
