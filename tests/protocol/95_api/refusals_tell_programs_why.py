"""A page in another language, or a program, needs no English to know why something was refused."""
from conftest import made


def why(problem):
    return problem.get("code"), problem.get("reason"), problem.get("params"), problem.get("field")


def test_a_value(ann_):
    reply = ann_("POST", "/leads", {"family": "Wrong", "score": "much"})
    assert reply.status == 422 and why(reply.json) == ("crm-value", "number-wanted", None, "score"), reply
    reply = ann_("POST", "/deals", {"name": "A", "amount": 1, "currency": "XTS"})
    assert why(reply.json) == ("crm-value", "no-rate", {"currency": "XTS"}, "currency"), reply
    reply = ann_("POST", "/leads", {})
    assert reply.status == 422 and why(reply.json)[:2] == ("crm-value", "missing"), reply
    assert why(ann_("POST", "/leads", {"hair": "red"}).json) == ("crm-value", "no-such-field", None, "hair")


def test_a_question(ann_):
    assert why(ann_("GET", "/leads?sort=hair").json) == \
        ("bad-request", "sort-unknown", {"noun": "leads", "name": "hair"}, None)
    assert why(ann_("GET", "/leads?cursor=x").json) == ("bad-request", "cursor-unknown", None, None)
    assert why(ann_("GET", "/leads/999999").json) == ("not-found", None, None, None)


def test_a_change_that_overlaps(ann_):
    id_ = made(ann_, "leads", family="Overlap")
    old = ann_("GET", f"/leads/{id_}").etag
    assert ann_("PATCH", f"/leads/{id_}", {"score": 1}, If_Match=old).status == 200
    clash = ann_("PATCH", f"/leads/{id_}", {"score": 2}, If_Match=old)
    assert why(clash.json) == ("precondition-failed", "changed-meanwhile", {"field": "score"}, None), clash


def test_each_of_many(ann_):
    mine = made(ann_, "leads", family="Many")
    failed = ann_("POST", "/leads/bulk", {"ids": [mine, 999999], "set": {"score": 4}}).json["failed"]
    assert [(f["id"], *why(f)) for f in failed] == [(999999, "not-found", None, None, None)]
    failed = ann_("POST", "/leads/bulk", {"ids": [mine], "set": {"score": "x"}}).json["failed"]
    assert [(f["id"], *why(f)) for f in failed] == [(mine, "crm-value", "number-wanted", None, "score")]
    me = ann_("GET", "/me").json["id"]
    failed = ann_("POST", "/leads/assign", {"ids": [999999], "owner": me}).json["failed"]
    assert [(f["id"], *why(f)) for f in failed] == [(999999, "not-found", None, None, None)]


def test_each_row_of_a_file(ann_):
    looked = ann_("POST", "/imports", {"noun": "leads", "format": "csv", "name": "x.csv",
                                       "text": "family,score\nOne,many\nTwo,2\n"})
    assert looked.status == 201, looked
    ((row, *rest),) = [(p["row"], *why(p)) for p in looked.json["problems"]]
    assert row == 1 and rest == ["crm-value", "cell-unknown", {"cell": "many", "field": "Score"}, "score"]
    assert "many" in looked.json["preview"][0]["problem"]
    ran = ann_("POST", f"/imports/{looked.json['id']}/run", {"dry_run": True})
    assert [p["reason"] for p in ran.json["problems"]] == ["cell-unknown"], ran


def test_a_password(ann_):
    reply = ann_("POST", "/me/password", {"old": "ann-secret", "new": "short"})
    assert why(reply.json) == ("crm-value", "password-short", None, "new"), reply
    reply = ann_("POST", "/me/password", {"old": "not-this", "new": "long enough"})
    assert why(reply.json) == ("crm-value", "password-wrong", None, "old"), reply
