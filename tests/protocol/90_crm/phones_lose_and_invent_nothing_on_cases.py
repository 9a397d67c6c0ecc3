"""A case as each client writes it: saved, done, opened again, renamed, deleted. What it drops or says
otherwise comes back; what it means is done."""
import uuid

import pytest

from dav import todo
from phones import TASKS, every, first, parse

EXTRA = ("DESCRIPTION:Es raucht.\\nSeit heute.\r\nPRIORITY:3\r\nCATEGORIES:Incident,Drucker\r\n"
         "X-OTHER-APP:keep me\r\nRELATED-TO;RELTYPE=SIBLING:other-task\r\n")
COMPANY = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{name}\r\nN:;;;;\r\nORG:{name}\r\n" \
          "X-ABShowAs:COMPANY\r\nEND:VCARD\r\n"


def component(body):
    props = parse(body)
    start = next(i for i, p in enumerate(props) if p.value == "VTODO")
    return props[start + 1:]


def values(body):
    props = component(body)
    one = {name: first(props, name) for name in (
        "UID", "SUMMARY", "DESCRIPTION", "STATUS", "PRIORITY", "DUE", "COMPLETED", "CONTACT",
        "X-KONTOR-ACCOUNT", "DTSTART", "X-OTHER-APP")}
    one["RELATED-TO"] = sorted(p.value for p in every(props, "RELATED-TO"))
    one["CATEGORIES"] = sorted(w for p in every(props, "CATEGORIES") for w in p.value.split(","))
    one["PERCENT-COMPLETE"] = (first(props, "PERCENT-COMPLETE") or "0")
    return one


def state(body):
    one = values(body)
    return {k: one.pop(k) for k in ("STATUS", "COMPLETED", "PERCENT-COMPLETE")}, one


@pytest.fixture(params=TASKS, ids=lambda c: c.name)
def phone(request):
    return request.param()


@pytest.fixture
def account(ann):
    name = f"Acme {uuid.uuid4().hex[:8]} GmbH"
    uid = str(uuid.uuid4())
    assert ann.put_card(f"/addressbooks/ann/accounts/{uid}.vcf",
                        COMPANY.format(uid=uid, name=name)).status == 201
    return uid, name


@pytest.fixture
def case(ben, uid, account):
    path = f"/calendars/ben/cases/{uid}.ics"
    answer = ben.put_event(path, todo(uid, f"Printer down - {account[1]}", extra=EXTRA))
    assert answer.status == 201, answer.text
    return path


def save(client, phone, path, etag):
    return client.put_event(path, phone.save(), If_Match=etag, User_Agent=phone.agent)


def test_a_new_one_has_number_and_account(ben, case, account):
    now = values(ben("GET", case).text)
    number, subject = now["SUMMARY"].split("] ")
    assert number.startswith("[#") and int(number[2:]) > 1000
    assert subject == f"Printer down - {account[1]}"
    assert account[0] in now["RELATED-TO"] and now["STATUS"] == "NEEDS-ACTION" and now["DUE"]


def test_opening_and_saving_changes_nothing(ben, phone, case):
    seen = ben("GET", case)
    assert save(ben, phone.open(seen.text), case, seen.etag).status == 204
    assert values(ben("GET", case).text) == values(seen.text)


def test_done_is_done_and_nothing_else(ben, phone, case):
    seen = ben("GET", case)
    assert save(ben, phone.open(seen.text).complete(), case, seen.etag).status == 204
    now, others = state(ben("GET", case).text)
    assert now["STATUS"] == "COMPLETED" and now["COMPLETED"] and now["PERCENT-COMPLETE"] == "100"
    assert others == state(seen.text)[1]


def test_opened_again_it_is_open(ben, phone, case):
    for step in ("complete", "reopen"):
        seen = ben("GET", case)
        getattr(phone.open(seen.text), step)()
        assert save(ben, phone, case, seen.etag).status == 204
    now, others = state(ben("GET", case).text)
    assert now["STATUS"] in ("NEEDS-ACTION", "IN-PROCESS")
    assert not now["COMPLETED"] and now["PERCENT-COMPLETE"] == "0"
    was = state(seen.text)[1]
    # The clock stood still while it was done.
    assert others.pop("DUE") >= was.pop("DUE")
    assert others == was


def test_a_new_subject_leaves_number_and_account(ben, phone, case, account):
    seen = ben("GET", case)
    subject = phone.open(seen.text).get("SUMMARY").replace("Printer down", "Printer on fire")
    assert save(ben, phone.rename(subject), case, seen.etag).status == 204
    now, was = values(ben("GET", case).text), values(seen.text)
    assert now.pop("SUMMARY") == was.pop("SUMMARY").replace("down", "on fire")
    assert now == was


def test_a_bare_subject_gets_number_and_account_back(ben, phone, case, account):
    seen = ben("GET", case)
    phone.open(seen.text).rename("Printer on fire")
    assert save(ben, phone, case, seen.etag).status == 204
    assert values(ben("GET", case).text)["SUMMARY"] == \
        values(seen.text)["SUMMARY"].replace("down", "on fire")


def test_when_it_is_due_is_not_a_phones_to_say(ben, phone, case):
    seen = ben("GET", case)
    phone.open(seen.text).set("DUE", "20270301T100000Z")
    assert save(ben, phone, case, seen.etag).status == 204
    assert values(ben("GET", case).text)["DUE"] == values(seen.text)["DUE"]


def test_rejecting_wants_a_reason(ben, phone, case):
    seen = ben("GET", case)
    phone.open(seen.text).set("STATUS", "CANCELLED")
    assert save(ben, phone, case, seen.etag).status == 204
    assert state(ben("GET", case).text)[0]["STATUS"] == "NEEDS-ACTION"


def test_deleted_it_goes_back_to_its_queue(ben, root, phone, case, uid):
    assert ben("DELETE", case).status == 204
    assert ben("GET", case).status == 404
    home = root("GET", f"/calendars/company/cases/{uid}.ics")
    assert home.status == 200 and state(home.text)[0]["STATUS"] == "NEEDS-ACTION"


def test_phones_in_turn_lose_nothing(ben, case):
    before = values(ben("GET", case).text)
    for kind in [*TASKS, *reversed(TASKS)]:
        seen = ben("GET", case)
        assert save(ben, kind().open(seen.text), case, seen.etag).status == 204
    assert values(ben("GET", case).text) == before


def test_what_stands_beside_the_case_stays(ben, phone, case, records, uid):
    records.change("cases", uid, priority="Urgent", status="Pending", channel="Chat", satisfaction=4)
    seen, was = ben("GET", case), records.values("cases", uid)
    assert save(ben, phone.open(seen.text), case, seen.etag).status == 204
    assert records.values("cases", uid) == was
    seen = ben("GET", case)
    assert save(ben, phone.open(seen.text).describe("Es brennt."), case, seen.etag).status == 204
    assert records.values("cases", uid) == {**was, "description": "Es brennt."}
