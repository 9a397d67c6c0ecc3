import csv
import io

import pytest

from conftest import made


@pytest.fixture(scope="module")
def leads(ann_):
    return [made(ann_, "leads", family=f"Page {i:02}", score=i, company="Even" if i % 2 == 0 else "Odd") for i in range(25)]


def walk(api, query):
    ids, cursor = [], ""
    while True:
        page = api("GET", f"/leads?{query}&limit=7" + (f"&cursor={cursor}" if cursor else "")).json
        assert len(page["items"]) <= 7
        ids += [r["id"] for r in page["items"]]
        cursor = page.get("cursor")
        if not cursor:
            return ids


def test_every_order_walks_through_all(ann_, leads):
    for sort, wanted in (("score", leads), ("-score", leads[::-1]), ("name", leads), ("-name", leads[::-1]),
                         ("created", leads), ("-created", leads[::-1])):
        assert walk(ann_, f"sort={sort}") == wanted, sort


def test_filters(ann_, leads):
    def ids(query):
        return [r["id"] for r in ann_("GET", f"/leads?limit=500&sort=score&{query}").json["items"]]
    assert ids("f=score:ge:20") == leads[20:]
    assert ids("f=score:ge:20&f=score:lt:22") == leads[20:22]
    assert ids("f=company:eq:Even") == leads[::2]
    assert ids("f=score:in:1|2|3") == leads[1:4]
    assert ids("f=name:contains:page%201") == leads[10:20]
    assert ids("q=PAGE+07") == [leads[7]]
    assert ids("f=owner:eq:me") == leads and ids("f=owner:ne:me") == []
    assert ids("f=created:ge:today") == leads and ids("f=created:lt:-1d") == []
    assert ids("f=source:empty") == leads and ids("f=source:set") == []


def test_count_and_fields(ann_, leads):
    page = ann_("GET", "/leads?count=1&limit=3&fields=name,owner").json
    assert page["total"] == 25
    assert set(page["items"][0]) == {"id", "noun", "etag", "label", "title", "created", "modified", "can", "uid", "following",
                                     "names", "name", "owner"}
    assert set(page["items"][0]["names"]) == {"owner"}
    assert "total" not in ann_("GET", "/leads").json
    one = made(ann_, "leads", family="Long", note="text " * 100)
    assert "note" not in ann_("GET", f"/leads?f=id:eq:{one}").json["items"][0]
    assert "note" in ann_("GET", f"/leads?f=id:eq:{one}&fields=note").json["items"][0]
    assert ann_("DELETE", f"/leads/{one}").status == 204


@pytest.mark.parametrize("query", [
    "f=x:eq:1", "f=score:is:1", "f=score", "f=score:eq:many", "limit=501", "limit=-1", "limit=x", "cursor=nonsense",
    "fields=nonsense", "sort=nonsense", "count=2", "parent=x", "&".join(["f=score:eq:1"] * 31)])
def test_what_cannot_be_asked(ann_, query):
    assert ann_("GET", f"/leads?{query}").status == 400


def test_tables_for_other_programs(ann_, leads):
    evil = made(ann_, "leads", family="=cmd()", company='Say "hi", twice\nor so', phones=[{"value": "+49 30 1"}], score=99)
    reply = ann_("GET", "/leads.csv?sort=score")
    assert reply.headers["Content-Disposition"] == 'attachment; filename="leads.csv"'
    rows = list(csv.DictReader(io.StringIO(reply.text, newline="")))
    assert [int(r["id"]) for r in rows] == leads + [evil]
    assert rows[-1]["family"] == "'=cmd()" and rows[-1]["company"].startswith('Say "hi", twice')
    assert rows[-1]["phones"].startswith("'+49") and rows[0]["owner"] == "Ann Ahlers" and rows[0]["status"] == "New"
    some = ann_("GET", "/leads.csv?fields=score,name&f=score:in:1|2&sort=-score").text
    assert some == '"id","score","name"\r\n"%d","2","Page 02"\r\n"%d","1","Page 01"\r\n' % (leads[2], leads[1])
    assert ann_("GET", "/leads.csv?f=nonsense").status == 400
    assert ann_("DELETE", f"/leads/{evil}").status == 204


def test_rows_have_parents_and_places(root_, ann_):
    pipelines = root_("GET", "/pipelines").json["items"]
    stages = ann_("GET", f"/stages?parent={pipelines[0]['id']}").json["items"]
    assert [s["name"] for s in stages][:2] == ["Prospecting", "Qualification"]
    assert all(s["parent"] == pipelines[0]["id"] and not s["can"]["change"] for s in stages)
    assert ann_("POST", "/campaigns", {"name": "Mine"}).status == 403
    campaign = root_("POST", "/campaigns", {"name": "Spring", "channel": "Web"}).json
    cost = root_("POST", "/costs", {"parent": campaign["id"], "date": "2026-03-01", "amount": 5000})
    assert cost.status == 201 and cost.json["parent"] == campaign["id"]
    assert cost.json["names"] == {"parent": "Spring", "parent_noun": "campaigns"}
    assert root_("PATCH", f"/costs/{cost.json['id']}", {"amount": 6000}, If_Match=cost.etag).json["amount"] == 6000
    assert root_("DELETE", f"/costs/{cost.json['id']}").status == 204
    assert root_("GET", f"/costs?parent={campaign['id']}").json["items"] == []


def test_fields_tell_what_forms_are_made_of(ann_):
    told = ann_("GET", "/fields").json
    leads = next(n for n in told["nouns"] if n["name"] == "leads")
    fields = {f["key"]: f for f in leads["fields"]}
    assert fields["status"]["of"] == "lead-statuses" and fields["consent"]["choices"] == ["unknown", "given", "withdrawn"]
    assert "needed" in fields["name"]["flags"] and fields["converted_at"]["class"] == "system"
