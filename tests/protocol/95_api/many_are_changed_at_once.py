from conftest import made


def test_set_and_delete(ann_):
    ids = [made(ann_, "leads", family=f"Bulk {i}") for i in range(120)]
    reply = ann_("POST", "/leads/bulk", {"ids": ids, "set": {"score": 5}})
    assert reply.json == {"changed": 120, "failed": []}
    assert ann_("GET", "/leads?f=score:eq:5&count=1&limit=1").json["total"] == 120
    assert ann_("GET", f"/leads/{ids[0]}/history").json["items"][0]["changes"] == {"score": [None, 5]}
    reply = ann_("POST", "/leads/bulk", {"filter": ["score:eq:5", "name:contains:bulk 1"], "delete": True})
    assert reply.json["changed"] == 31
    assert ann_("GET", "/leads?f=score:eq:5&count=1&limit=1").json["total"] == 89


def test_some_fail_alone(ann_, ben_):
    mine, others = made(ann_, "leads", family="Mine"), made(ben_, "leads", family="Others")
    reply = ann_("POST", "/leads/bulk", {"ids": [mine, others, 999999], "set": {"job_title": "T"}})
    assert reply.json["changed"] == 1 and [f["id"] for f in reply.json["failed"]] == [others, 999999]
    assert ann_("GET", f"/leads/{mine}").json["job_title"] == "T"
    reply = ann_("POST", "/leads/bulk", {"ids": [mine], "set": {"score": "many"}})
    assert reply.json["changed"] == 0 and len(reply.json["failed"]) == 1


def test_the_same_one_twice(ann_):
    one = made(ann_, "leads", family="Twice")
    assert ann_("POST", "/leads/bulk", {"ids": [one, one], "set": {"job_title": "T"}}).json["failed"] == []


def test_what_cannot_be_asked(ann_):
    for body in ({}, {"ids": [1]}, {"set": {}}, {"ids": [1], "filter": [], "set": {}}, {"ids": [1], "set": 1},
                 {"ids": ["x"], "set": {}}, {"ids": [1], "set": {}, "delete": True}, {"ids": [0], "set": {}}):
        assert ann_("POST", "/leads/bulk", body).status == 422, body
    assert ann_("POST", "/leads/bulk", {"filter": ["x:eq:1"], "set": {}}).status == 400
    assert ann_("POST", "/leads/bulk", {"ids": list(range(1, 5002)), "set": {}}).status == 422
