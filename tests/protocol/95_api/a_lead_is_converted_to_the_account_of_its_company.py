"""Where nobody says to which account a lead belongs, it is the one of its company: found, or made."""
from conftest import made


def convert(api, lead, **more):
    reply = api("POST", f"/leads/{lead}/convert", more)
    assert reply.status == 200, reply
    return reply.json


def it_is_made_or_found(ann_):
    first = convert(ann_, made(ann_, "leads", name="Nora Nord", company="Nordwind AG"), deal={"name": "Sails"})
    account = ann_("GET", f"/accounts/{first['account']['id']}").json
    assert account["name"] == "Nordwind AG" and account["names"]["owner"] == "Ann Ahlers"
    assert ann_("GET", f"/deals/{first['deal']['id']}").json["account"] == account["id"]
    second = convert(ann_, made(ann_, "leads", name="Nils Nord", company="nordwind ag"))
    assert second["account"]["id"] == account["id"] and second["deal"] is None
    people = ann_("GET", f"/contacts?f=account:eq:{account['id']}").json["items"]
    assert sorted(p["name"] for p in people) == ["Nils Nord", "Nora Nord"]


def it_is_none_where_none_is_wanted_or_known(ann_):
    assert convert(ann_, made(ann_, "leads", name="Ohne Haus", company="Haus KG"), account=None)["account"] is None
    assert convert(ann_, made(ann_, "leads", name="Ganz Ohne"))["account"] is None


def it_is_a_new_one_where_a_name_is_given(ann_):
    there = made(ann_, "accounts", name="Doppel GmbH")
    done = convert(ann_, made(ann_, "leads", name="Dora Doppel"), account={"name": "Doppel GmbH"})
    assert done["account"]["id"] != there
