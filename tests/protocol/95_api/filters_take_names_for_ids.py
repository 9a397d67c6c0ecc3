"""What a filter compares with an id may be told by its name: rows of the company, people, teams."""
from urllib.parse import quote

import pytest

from api import Api
from conftest import made


@pytest.fixture(scope="module")
def leads(ann_, carla_, root_):
    status = {s["name"]: s["id"] for s in root_("GET", "/lead-statuses").json["items"]}
    fair = made(root_, "campaigns", name="Fair & square")
    team = next(t["id"] for t in root_("GET", "/teams").json["items"] if t["name"] == "selling")
    one = made(ann_, "leads", name="One", campaign=fair, status=status["Working"])
    two = made(carla_, "leads", name="Two", team=team)
    return {"one": one, "two": two}


@pytest.mark.parametrize("words, found", [
    ("status:eq:Working", ["one"]), ("status:eq:working", ["one"]), ("status:ne:Working", ["two"]),
    ("status:in:New|Working", ["one", "two"]), ("campaign:eq:Fair & square", ["one"]),
    ("owner:eq:ann", ["one"]), ("owner:in:ann|carla", ["one"]), ("team:eq:selling", ["two"]),
])
def it_is_so(carla_, leads, words, found):
    items = carla_("GET", f"/leads?f={quote(words)}").json["items"]
    assert sorted(i["id"] for i in items) == sorted(leads[f] for f in found)


@pytest.mark.parametrize("words", ["status:eq:Lukewarm", "owner:eq:nobody", "status:lt:New", "campaign:contains:Fair"])
def it_refuses_what_is_none(carla_, leads, words):
    assert carla_("GET", f"/leads?f={quote(words)}").status == 400


def it_is_so_of_stages_in_every_pipeline(ann_, root_):
    other = made(root_, "pipelines", name="Service")
    stage = made(root_, "stages", parent=other, name="Prospecting", type="open", probability=5)
    deals = [made(ann_, "deals", name="Here"), made(ann_, "deals", name="There", stage=stage)]
    assert sorted(d["id"] for d in ann_("GET", "/deals?f=stage:eq:Prospecting").json["items"]) == deals


def it_is_so_over_dav(company, leads):
    body = ('<K:crm-query noun="leads" xmlns:D="DAV:" xmlns:K="urn:x-kontor:dav"><D:prop><D:getetag/></D:prop>'
            "<K:filter>status:eq:Working</K:filter></K:crm-query>")
    answer = company.client("carla").report("/addressbooks/company/leads/", body, depth=0)
    uid = Api(company, "carla")("GET", f"/leads/{leads['one']}").json["uid"]
    assert answer.status == 207 and list(answer.responses()) == [f"/addressbooks/company/leads/{uid}.vcf"]
