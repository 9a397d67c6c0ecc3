"""One record of each noun through its life, and what must be refused on the way."""
import pytest

from conftest import made

NEW = {
    "accounts": {"name": "Acme GmbH", "type": "Customer"},
    "contacts": {"given": "Karl", "family": "Kunde", "emails": [{"value": "karl@acme.example", "type": "work"}]},
    "leads": {"given": "Nora", "family": "Neu", "company": "Neu KG", "job_title": "Boss"},
    "deals": {"name": "Big order", "amount": 1500000, "currency": "EUR"},
    "cases": {"subject": "Printer down", "priority": "High", "kind": "Incident"},
    "tasks": {"subject": "Call back", "due": 1800000000},
    "meetings": {"subject": "Visit", "start": 1800000000, "end": 1800003600},
    "notes": {"subject": "Said", "text": "that it is fine", "category": "Note"},
}
CHANGE = {"accounts": ("tier", "A"), "contacts": ("job_title", "Chief"), "leads": ("score", 7), "deals": ("probability", 30),
          "cases": ("channel", "Phone"), "tasks": ("percent", 50), "meetings": ("location", "Here"), "notes": ("text", "so")}


@pytest.mark.parametrize("noun", NEW)
def test_a_life(root_, noun):
    api = root_
    reply = api("POST", f"/{noun}", NEW[noun])
    assert reply.status == 201, reply
    id_ = reply.json["id"]
    assert reply.headers["Location"] == f"/api/v1/{noun}/{id_}"
    assert reply.etag == f'"{reply.json["etag"]}"'
    for key, value in NEW[noun].items():
        assert reply.json[key] == value, key
    assert reply.json["can"] == {"change": True, "delete": True}
    assert api("GET", f"/{noun}/{id_}").json == reply.json

    key, value = CHANGE[noun]
    changed = api("PATCH", f"/{noun}/{id_}", {key: value}, If_Match=reply.etag)
    assert changed.status == 200 and changed.json[key] == value and changed.etag != reply.etag, changed
    assert id_ in [r["id"] for r in api("GET", f"/{noun}?f=id:eq:{id_}").json["items"]]

    history = api("GET", f"/{noun}/{id_}/history").json["items"]
    assert [h["action"] for h in history] == ["change", "create"]
    assert history[0]["changes"][key][1] == value and history[0]["who"]["name"] == "The Admin"
    undone = api("POST", f"/{noun}/{id_}/undo", {"audit": history[0]["id"]})
    assert undone.status == 200 and undone.json.get(key) == NEW[noun].get(key), undone

    assert api("DELETE", f"/{noun}/{id_}").status == 204
    assert api("GET", f"/{noun}/{id_}").status == 404
    assert api("POST", f"/{noun}/{id_}/restore").json["id"] == id_
    assert api("GET", f"/{noun}/{id_}").status == 200


def test_versions(ann_):
    id_ = made(ann_, "leads", family="Version")
    first = ann_("GET", f"/leads/{id_}")
    assert ann_("PATCH", f"/leads/{id_}", {"job_title": "A"}).status == 428
    for wrong in ('"zz"', "x", '"ffffffffffffffffff"'):
        assert ann_("PATCH", f"/leads/{id_}", {"job_title": "A"}, If_Match=wrong).status == 412
    assert ann_("PATCH", f"/leads/{id_}", {"job_title": "A"}, If_Match=first.etag).status == 200
    assert ann_("PATCH", f"/leads/{id_}", {"score": 3}, If_Match="W/" + first.etag).status == 200, "other fields merge"
    both = ann_("GET", f"/leads/{id_}").json
    assert (both["job_title"], both["score"]) == ("A", 3)
    clash = ann_("PATCH", f"/leads/{id_}", {"job_title": "B"}, If_Match=first.etag)
    assert (clash.status, clash.json["code"]) == (412, "precondition-failed")
    assert ann_("PATCH", f"/leads/{id_}", {"job_title": "B"}, If_Match="*").status == 200


def test_values_that_cannot_be_taken(ann_):
    for noun, values, field in [
            ("leads", {"family": "x", "nonsense": 1}, "nonsense"), ("leads", {"family": "x", "score": "many"}, "score"),
            ("leads", {}, "name"), ("leads", {"family": "x", "consent": "maybe"}, "consent"),
            ("leads", {"family": "x", "converted_at": 1}, "converted_at"), ("leads", {"family": "x", "owner": 999999}, "owner"),
            ("deals", {"name": "x", "account": 999999}, "account"), ("deals", {"name": "x", "expected_close": "soon"},
                                                                     "expected_close")]:
        reply = ann_("POST", f"/{noun}", values)
        assert (reply.status, reply.json.get("field")) == (422, field), reply


def test_what_others_have_is_not_there(ann_, ben_):
    id_ = made(ann_, "leads", family="Secret")
    assert ben_("GET", f"/leads/{id_}").json == ben_("GET", "/leads/999999").json
    assert ben_("PATCH", f"/leads/{id_}", {"job_title": "x"}, If_Match="*").status == 404
    for method, path in (("DELETE", ""), ("GET", "/history"), ("PUT", "/follow")):
        assert ben_(method, f"/leads/{id_}{path}").status == 404, path
    assert ben_("POST", f"/leads/{id_}/restore").status == 404
    assert "Secret" not in ben_("GET", "/leads?limit=500").text + ben_("GET", "/leads.csv").text


def test_a_record_is_no_record_of_another_noun(ann_):
    id_ = made(ann_, "leads", family="Noun")
    assert ann_("GET", f"/accounts/{id_}").status == 404
    assert ann_("PATCH", f"/deals/{id_}", {"name": "x"}, If_Match="*").status == 404
    assert ann_("DELETE", f"/cases/{id_}").status == 404
    assert ann_("GET", f"/leads/{id_}").status == 200


def test_undo_wants_a_change_of_this_record(ann_):
    one, two = made(ann_, "leads", family="One"), made(ann_, "leads", family="Two")
    audit = ann_("GET", f"/leads/{two}/history").json["items"][0]["id"]
    assert ann_("POST", f"/leads/{one}/undo", {"audit": audit}).json["field"] == "audit"
    assert ann_("POST", f"/leads/{one}/undo", {}).json["field"] == "audit"
    made_by = ann_("GET", f"/leads/{one}/history").json["items"][0]
    assert not made_by["undoable"] and ann_("POST", f"/leads/{one}/undo", {"audit": made_by["id"]}).json["field"] == "audit"
    assert ann_("GET", f"/leads/{one}").status == 200


def test_following(ann_, carla_):
    id_ = made(ann_, "accounts", name="Followed AG")
    assert carla_("GET", f"/accounts/{id_}").json["following"] is False
    assert carla_("PUT", f"/accounts/{id_}/follow").status == 204
    assert carla_("PUT", f"/accounts/{id_}/follow").status == 204
    assert carla_("GET", f"/accounts/{id_}").json["following"] is True
    assert ann_("GET", f"/accounts/{id_}").json["following"] is False
    assert carla_("DELETE", f"/accounts/{id_}/follow").status == 204
    assert carla_("GET", f"/accounts/{id_}").json["following"] is False


def test_names_go_with_ids(ann_):
    account = made(ann_, "accounts", name="Named GmbH")
    deal = ann_("POST", "/deals", {"name": "Deal", "account": account}).json
    assert deal["names"]["account"] == "Named GmbH" and deal["names"]["owner"] == "Ann Ahlers"
    assert deal["names"]["stage"] == "Prospecting"
    contact = ann_("POST", "/contacts", {"family": "Person", "accounts": [{"account": account, "role": "Buyer"}]}).json
    assert contact["names"]["accounts"] == ["Named GmbH"]
    task = ann_("POST", "/tasks", {"subject": "Next", "parent": deal["id"]}).json
    assert task["names"]["parent"] == "Deal" and task["names"]["parent_noun"] == "deals"
