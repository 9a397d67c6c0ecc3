"""One click, and the lead is where it was; what others have built on it since stands in the way."""
import urllib.parse

import pytest
from conftest import made

EMAIL = [{"value": "nora@neu.example", "type": "work"}]


def convert(api, lead, account={"name": "Neu KG"}, deal={"name": "Ten bikes", "amount": 1200000}):
    reply = api("POST", f"/leads/{lead}/convert", {"account": account, "deal": deal})
    assert reply.status == 200, reply
    return [reply.json[key] and reply.json[key]["id"] for key in ("account", "deal")]


def back(api, lead):
    (audit,) = [h for h in api("GET", f"/contacts/{lead}/history").json["items"] if h["action"] == "convert"]
    assert audit["undoable"] and not [key for key in audit["changes"] if key[0] == "_"], audit
    return api("POST", f"/contacts/{lead}/undo", {"audit": audit["id"]})


def converted(api):
    return api("GET", "/dashboards/sales").json["figures"]["leads_converted"]["value"]


def test_all_of_it(ann_, company):
    working = [s["id"] for s in ann_("GET", "/lead-statuses").json["items"] if s["name"] == "Working"][0]
    lead = made(ann_, "leads", name="Nora Neu", company="Neu", emails=EMAIL, score=7, status=working)
    task = made(ann_, "tasks", subject="Call back", due=1800000000, parent=lead)
    note = made(ann_, "notes", text="She called", parent=lead)
    before, count = ann_("GET", f"/leads/{lead}").json, converted(ann_)
    account, deal = convert(ann_, lead)
    assert converted(ann_) == count + 1
    # One's own change since stays.
    assert ann_("PATCH", f"/contacts/{lead}", {"department": "Wheels"}, If_Match="*").status == 200
    reply = back(ann_, lead)
    assert reply.status == 200 and reply.json["noun"] == "leads", reply
    after = ann_("GET", f"/leads/{lead}").json
    same = {key: value for key, value in before.items() if key not in ("etag", "modified")}
    assert {key: after.get(key) for key in same} == same
    assert after["department"] == "Wheels" and set(after) - set(before) == {"department"}
    assert [ann_("GET", path).status for path in (
        f"/contacts/{lead}", f"/accounts/{account}", f"/deals/{deal}")] == [404] * 3
    assert {b["id"] for b in ann_("GET", "/bin").json["items"]} >= {account, deal}
    assert ann_("GET", f"/tasks/{task}").json["parent"] == lead and ann_("GET", f"/notes/{note}").json["parent"] == lead
    assert {item["id"] for item in ann_("GET", f"/leads/{lead}/timeline").json["items"]} >= {task, note}
    assert converted(ann_) == count
    # On the phone it is a lead again, under the UID it had.
    phone = company.client("ann")
    name = urllib.parse.quote(before["uid"], safe="")
    card = phone("GET", f"/addressbooks/ann/leads/{name}.vcf")
    assert card.status == 200 and b"X-KONTOR-STATUS:Working" in card.body and before["uid"].encode() in card.body, card
    assert phone("GET", f"/addressbooks/ann/accounts/{name}.vcf").status == 404
    # And once more, for good.
    convert(ann_, lead, account=None, deal=None)
    assert ann_("GET", f"/contacts/{lead}").json["name"] == "Nora Neu" and converted(ann_) == count + 1


def test_an_account_that_was_there_stays(ann_):
    account = made(ann_, "accounts", name="Old Ltd")
    lead = made(ann_, "leads", name="Otto Old", company="Old")
    convert(ann_, lead, account={"id": account}, deal=None)
    assert back(ann_, lead).status == 200
    assert ann_("GET", f"/accounts/{account}").status == 200
    assert ann_("GET", f"/leads/{lead}").json["company"] == "Old"


@pytest.mark.parametrize("noun", ["accounts", "deals", "contacts"])
def test_what_others_changed_since(ann_, carla_, noun):
    lead = made(ann_, "leads", name="Nora Neu")
    account, deal = convert(ann_, lead)
    id_ = {"accounts": account, "deals": deal, "contacts": lead}[noun]
    key = "description" if noun == "deals" else "note"
    assert carla_("PATCH", f"/{noun}/{id_}", {key: "mine"}, If_Match="*").status == 200
    reply = back(ann_, lead)
    assert (reply.status, reply.json["code"], reply.json["reason"]) == (409, "conflict", "changed-since"), reply
    assert reply.json["params"]["who"] == "Carla Claas"
    assert ann_("GET", f"/contacts/{lead}").status == 200
    assert back(carla_, lead).status == 200, "her own change does not stand in her way"


def test_what_belongs_to_it_by_now(ann_):
    lead = made(ann_, "leads", name="Nora Neu")
    account, deal = convert(ann_, lead)
    step = made(ann_, "tasks", subject="Send the offer", parent=deal)
    reply = back(ann_, lead)
    assert (reply.status, reply.json["reason"]) == (409, "belongs-to-it"), reply
    assert reply.json["params"] == {"name": "Send the offer", "to": "Ten bikes"}
    assert ann_("DELETE", f"/tasks/{step}").status == 204
    other = made(ann_, "contacts", name="Karl Neu", accounts=[{"account": account}])
    assert back(ann_, lead).json["params"] == {"name": "Karl Neu", "to": "Neu KG"}
    assert ann_("DELETE", f"/contacts/{other}").status == 204
    assert back(ann_, lead).status == 200


def test_ones_own_notes_go_back_with_it_and_those_of_others_stand_in_the_way(ann_, carla_):
    lead = made(ann_, "leads", name="Nora Neu")
    account, deal = convert(ann_, lead)
    notes = {made(ann_, "notes", text=f"Said of {noun}", parent=parent) for noun, parent in (
        ("the deal", deal), ("the account", account), ("the contact", lead))}
    hers = made(carla_, "notes", subject="From Carla", text="Mine", parent=deal)
    assert back(ann_, lead).json["params"] == {"name": "From Carla", "to": "Ten bikes"}
    assert carla_("DELETE", f"/notes/{hers}").status == 204
    hers = made(carla_, "notes", subject="From Carla", text="Mine", parent=account)
    assert back(ann_, lead).json["params"] == {"name": "From Carla", "to": "Neu KG"}
    assert carla_("DELETE", f"/notes/{hers}").status == 204
    assert back(ann_, lead).status == 200
    assert {ann_("GET", f"/notes/{note}").json["parent"] for note in notes} == {lead}
    assert {item["id"] for item in ann_("GET", f"/leads/{lead}/timeline").json["items"]} >= notes
    assert ann_("GET", f"/accounts/{account}").status == 404
    restored = ann_("POST", f"/accounts/{account}/restore")
    assert restored.status == 200, restored
    assert not notes & {item["id"] for item in ann_("GET", f"/accounts/{account}/timeline").json["items"]}


def test_whose_it_is_not_may_not(ann_, ben_):
    lead = made(ann_, "leads", name="Nora Neu")
    account = made(ann_, "accounts", name="Seen by all")
    convert(ann_, lead, account={"id": account}, deal=None)
    assert back(ben_, lead).status == 403
