"""What somebody owns and deletes on a phone goes back to its queue; where it came from none, to the one of
their team: whoever manages that sees it, and can take the deletion back."""
import json

import pytest


def made(client, noun, **values):
    answer = client("POST", f"/api/v1/{noun}", json.dumps(values), Content_Type="application/json")
    assert answer.status == 201, answer.text
    return json.loads(answer.text)


@pytest.mark.parametrize("noun, values, path", [
    ("leads", {"name": "Karl Kunde"}, "/addressbooks/ann/leads/{uid}.vcf"),
    ("deals", {"name": "Machines"}, "/calendars/ann/deals/{uid}.ics"),
])
def it_is_so(ann, carla, records, noun, values, path):
    one = made(ann, noun, **values)
    address = f"/api/v1/{noun}/{one['id']}"
    assert ann("DELETE", path.format(uid=one["uid"])).status == 204
    assert ann("GET", address).status == 404
    left = records.get(noun, one["uid"])
    assert "owner" not in left and left["names"]["team"] == "North"
    change = json.loads(carla("GET", address + "/history").text)["items"][0]
    assert change["action"] == "leave" and change["who"]["name"] == "Ann Ahlers"
    back = carla("POST", address + "/undo", json.dumps({"audit": change["id"]}), Content_Type="application/json")
    assert back.status == 200, back.text
    now = json.loads(back.text)
    assert now["names"]["owner"] == "Ann Ahlers" and "team" not in now
    assert ann("GET", path.format(uid=one["uid"])).status == 200


def it_is_so_of_cases(ben, records):
    me = json.loads(ben("GET", "/api/v1/me").text)
    one = made(ben, "cases", subject="It squeaks", owner=me["id"])
    assert ben("DELETE", f"/calendars/ben/cases/{one['uid']}.ics").status == 204
    left = records.get("cases", one["uid"])
    assert "owner" not in left and left["names"]["team"] == "North" and left["status"] == "New"
