from conftest import made


def test_by_hand_many_at_once(carla_, ann_, ben_):
    ids = [made(ann_, "leads", name=f"Bulk {i}") for i in range(3)]
    reply = carla_("POST", "/leads/assign", {"ids": ids + [999999], "owner": ben_.me["id"]})
    assert reply.status == 200 and reply.json["changed"] == 3
    assert [f["id"] for f in reply.json["failed"]] == [999999]
    assert ben_("GET", f"/leads/{ids[0]}").json["owner"] == ben_.me["id"]
    assert ann_("GET", f"/leads/{ids[0]}").status == 404, "it left her at once"


def test_by_rule_in_turn(root_, ann_, ben_):
    made(root_, "rules", name="Northern ones", applies_to="leads", conditions={"territory": "North"},
         method="round robin", candidates=[{"user": ann_.me["id"]}, {"user": ben_.me["id"]}], enabled=True)
    ids = [made(root_, "leads", name=f"North {i}", territory="North") for i in range(4)]
    other = made(root_, "leads", name="Elsewhere", territory="South")
    reply = root_("POST", "/leads/assign", {"ids": [*ids, other], "rules": True})
    assert reply.status == 200 and reply.json["changed"] == 5, reply
    owners = [root_("GET", f"/leads/{i}").json["owner"] for i in ids]
    assert sorted(owners) == sorted([ann_.me["id"], ben_.me["id"]] * 2)
    assert root_("GET", f"/leads/{other}").json["owner"] == root_.me["id"], "no rule wants it"
