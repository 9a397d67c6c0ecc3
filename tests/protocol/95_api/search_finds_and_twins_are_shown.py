import pytest

from conftest import made


@pytest.fixture(scope="module")
def book(ann_, ben_):
    return {
        "account": made(ann_, "accounts", name="Müller & Söhne GmbH"),
        "lead": made(ann_, "leads", given="Karla", family="Krähe", company="Vögel AG",
                     emails=[{"value": "karla@voegel.example", "type": "work"}], phones=[{"value": "+49 170 5556677", "type": "cell"}]),
        "twin": made(ann_, "leads", given="Karla", family="Kraehe", emails=[{"value": "karla@voegel.example", "type": "home"}]),
        "others": made(ben_, "leads", family="Verborgen", emails=[{"value": "karla@voegel.example", "type": "home"}]),
    }


def ids(reply):
    assert reply.status == 200, reply
    return [i["id"] for i in reply.json["items"]]


def test_search(ann_, book):
    assert ids(ann_("GET", "/search?q=muller"))[0] == book["account"]
    assert ids(ann_("GET", "/search?q=MÜLLER sohn"))[0] == book["account"]
    assert book["lead"] in ids(ann_("GET", "/search?q=5556677"))
    found = ann_("GET", "/search?q=krah&nouns=leads&limit=5").json["items"][0]
    assert (found["noun"], found["title"], found["subtitle"]) == ("leads", "Karla Krähe", "Vögel AG")
    assert ids(ann_("GET", "/search?q=krah&nouns=accounts")) == [] and ids(ann_("GET", "/search?q=")) == []
    assert ids(ann_("GET", "/search?q=verborgen")) == []
    for wrong in ("q=x&nouns=nonsense", "q=x&nouns=stages", "q=x&limit=101"):
        assert ann_("GET", f"/search?{wrong}").status in (400, 422)


def test_twins_before_saving(ann_, book):
    reply = ann_("POST", "/duplicates", {"noun": "contacts", "values": {
        "family": "Krähe", "emails": [{"value": "KARLA@voegel.example", "type": "work"}]}})
    twins = {t["record"]["id"]: t for t in reply.json["items"]}
    assert {book["lead"], book["twin"]} == set(twins) and "mail" in twins[book["lead"]]["why"]
    assert ann_("POST", "/duplicates", {"noun": "leads", "values": {}}).json["items"] == []
    assert ann_("POST", "/duplicates", {"noun": "nonsense", "values": {}}).json["field"] == "noun"
    assert ann_("POST", "/duplicates", {"noun": "leads"}).json["field"] == "values"


def test_pairs_and_merging(ann_, ben_, book):
    pairs = ann_("GET", "/leads/duplicates").json["pairs"]
    assert [{p["a"]["id"], p["b"]["id"]} for p in pairs] == [{book["lead"], book["twin"]}]
    assert ann_("GET", "/deals/duplicates").status == 404
    assert ann_("POST", f"/leads/{book['lead']}/merge", {"with": book["others"]}).status in (403, 404)
    assert ann_("POST", f"/leads/{book['lead']}/merge", {}).status in (404, 422)
    assert ann_("POST", f"/leads/{book['lead']}/merge", {"with": book["twin"], "take": 1}).json["field"] == "take"
    kept = ann_("POST", f"/leads/{book['lead']}/merge", {"with": book["twin"], "take": {"family": "that", "given": "this"}})
    assert kept.status == 200 and kept.json["id"] == book["lead"] and kept.json["family"] == "Kraehe", kept
    assert kept.json["company"] == "Vögel AG" and ann_("GET", f"/leads/{book['twin']}").status == 404
    assert ann_("GET", "/leads/duplicates").json["pairs"] == []
