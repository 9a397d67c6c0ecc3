"""Every address of a record, asked by somebody who may not see it, answers as if it were not there;
every list, table, search, figure and page leaves it out."""
import uuid

import pytest

from conftest import made

WORD = uuid.uuid4().hex[:12]
NOUNS = ("leads", "deals", "cases")


@pytest.fixture(scope="module")
def hidden(company, root_, carla_, ben_):
    """Of each noun one that ann and sina (a rep and another team's support) may not see."""
    stage = next(s["id"] for s in root_("GET", "/stages").json["items"] if s["type"] == "won")
    ids = {"leads": made(ben_, "leads", name=f"Lead {WORD}", emails=[{"value": f"{WORD}@x.example"}], owner=ben_.me["id"]),
           "deals": made(ben_, "deals", name=f"Deal {WORD}", amount=4711, stage=stage),
           "cases": made(carla_, "cases", subject=f"Case {WORD}", owner=carla_.me["id"])}
    for noun, id_ in list(ids.items()):
        carla_("POST", "/notes", {"subject": f"Note {WORD}", "text": WORD, "parent": id_})
    return ids


def refused(reply):
    assert reply.status == 404 and WORD not in reply.text, reply


@pytest.mark.parametrize("noun", NOUNS)
def test_by_its_address(hidden, ann_, noun):
    id_ = hidden[noun]
    for path in ("", "/history", "/timeline", "?fields=owner"):
        refused(ann_("GET", f"/{noun}/{id_}{path}"))
    refused(ann_("PATCH", f"/{noun}/{id_}", {"owner": ann_.me["id"]}, If_Match="*"))
    refused(ann_("DELETE", f"/{noun}/{id_}"))
    refused(ann_("POST", f"/{noun}/{id_}/restore"))
    refused(ann_("POST", f"/{noun}/{id_}/undo", {"audit": 1}))
    refused(ann_("PUT", f"/{noun}/{id_}/follow"))
    if noun == "leads":
        refused(ann_("POST", f"/leads/{id_}/convert", {}))
        refused(ann_("POST", f"/leads/{id_}/take"))
        mine = made(ann_, "leads", name="Mine")
        refused(ann_("POST", f"/leads/{mine}/merge", {"with": id_, "take": {}}))
        refused(ann_("POST", f"/leads/{id_}/merge", {"with": mine, "take": {}}))
    if noun == "cases":
        refused(ann_("POST", f"/cases/{id_}/take"))
        refused(ann_("POST", f"/cases/{id_}/answer", {"text": "x", "public": True}))


@pytest.mark.parametrize("noun", NOUNS)
def test_by_many_at_once(hidden, ann_, root_, noun):
    id_ = hidden[noun]
    before = root_("GET", f"/{noun}/{id_}").json
    for sent in ({"ids": [id_], "set": {"owner": ann_.me["id"]}}, {"ids": [id_], "delete": True}):
        reply = ann_("POST", f"/{noun}/bulk", sent)
        assert reply.json["changed"] == 0 and WORD not in reply.text, reply
    field = {"leads": "name", "deals": "name", "cases": "subject"}[noun]
    reply = ann_("POST", f"/{noun}/bulk", {"filter": [f"{field}:contains:{WORD}"], "delete": True})
    assert reply.json == {"changed": 0, "failed": []}
    if noun != "deals":
        reply = ann_("POST", f"/{noun}/assign", {"ids": [id_], "owner": ann_.me["id"]})
        assert reply.status == 403 or reply.json["changed"] == 0, reply
    assert root_("GET", f"/{noun}/{id_}").json == before


def test_by_lists_tables_and_searches(hidden, ann_, sina_, root_):
    for noun in NOUNS:
        id_ = hidden[noun]
        asked = [f"/{noun}?q={WORD}&count=1", f"/{noun}?f=id:eq:{id_}&count=1", f"/{noun}.csv?q={WORD}", f"/search?q={WORD}",
                 f"/notes?parent={id_}", f"/notes?f=parent:eq:{id_}&count=1", f"/notes?q={WORD}", "/bin"]
        for path in asked:
            assert WORD not in ann_("GET", path).text, path
        assert ann_("GET", f"/{noun}?f=id:eq:{id_}&count=1").json["total"] == 0, "not even counted"
        if noun != "cases":
            assert WORD not in sina_("GET", f"/search?q={WORD}").text
        assert WORD in root_("GET", f"/search?q={WORD}").text


def test_by_twins(hidden, ann_):
    """That somebody has the same address is told to whom may see them."""
    reply = ann_("POST", "/duplicates", {"noun": "leads", "values": {"name": "x", "emails": [{"value": f"{WORD}@x.example"}]}})
    assert reply.json["items"] == []
    made(ann_, "leads", name=f"Twin {WORD[:4]}", emails=[{"value": f"{WORD}@x.example"}])
    assert str(hidden["leads"]) not in [str(r["id"]) for p in ann_("GET", "/leads/duplicates").json["pairs"]
                                        for r in p.get("records", [])]
    assert f"Lead {WORD}" not in ann_("GET", "/leads/duplicates").text


def test_by_figures(hidden, ann_, ben_, carla_):
    def won(api, **who):
        query = "".join(f"?{k}={v}" for k, v in who.items())
        reply = api("GET", f"/dashboards/sales{query}")
        return reply.status, reply.json.get("figures", {}).get("won_amount", {}).get("value")
    assert won(ben_) == (200, 4711) and won(carla_, who=ben_.me["id"]) == (200, 4711)
    assert won(ann_)[1] in (0, None)
    assert won(ann_, who=ben_.me["id"])[0] in (403, 404)
    for path in ("/figures/won_amount/records", f"/figures/won_amount/records?who={ben_.me['id']}"):
        assert WORD not in ann_("GET", path).text
    for page in ("home", "sales", "support", "manager", "company", "campaigns"):
        assert WORD not in ann_("GET", f"/dashboards/{page}").text, page
