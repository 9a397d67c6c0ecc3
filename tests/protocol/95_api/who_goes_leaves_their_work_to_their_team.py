"""What is open and belongs to somebody who is removed waits in the queue it has, else in their team's:
whoever manages that sees it there, and gives it to somebody else."""
import pytest

from api import Api
from conftest import made


@pytest.mark.parametrize("how", ["in the browser", "by command"])
def it_is_so(own_company, how):
    ann, ben, carla, root = (Api(own_company, name) for name in ("ann", "ben", "carla", "root"))
    stages = {s["name"]: s["id"] for s in ann("GET", "/stages").json["items"]}
    lead, account = made(ann, "leads", name="Karl Kunde"), made(ann, "accounts", name="Kunde AG")
    deal, won = made(ann, "deals", name="Machines", amount=100), made(ann, "deals", name="Tools", amount=50)
    others = made(ben, "leads", name="Somebody else's")
    assert ann("PATCH", f"/deals/{won}", {"stage": stages["Won"]}, If_Match="*").status == 200
    if how == "by command":
        own_company.command("user", "remove", "ann")
    else:
        assert root("DELETE", f"/users/{ann.me['id']}").status == 204
    for address in (f"/leads/{lead}", f"/deals/{deal}", f"/accounts/{account}"):
        left = carla("GET", address).json
        assert "owner" not in left and left["names"]["team"] == "Selling", left
    waiting = carla("GET", "/leads?f=owner:empty").json["items"]
    assert [r["id"] for r in waiting] == [lead]
    assert carla("GET", "/dashboards/manager").json["figures"]["leads_unassigned"]["value"] == 1
    assert root("GET", f"/deals/{won}").json["owner"] == ann.me["id"], "what is done was theirs"
    assert ben("GET", f"/leads/{others}").json["owner"] == ben.me["id"]
    given = carla("POST", "/leads/assign", {"ids": [lead], "owner": ben.me["id"]})
    assert given.json == {"changed": 1, "failed": []}
    assert ben("GET", f"/leads/{lead}").json["owner"] == ben.me["id"]


def it_is_so_of_teams(own_company):
    root, sina = Api(own_company, "root"), Api(own_company, "sina")
    teams = {t["name"]: t["id"] for t in root("GET", "/teams").json["items"]}
    above = root("POST", "/teams", {"name": "service", "display_name": "Service"}).json["id"]
    etag = root("GET", f"/teams/{teams['helping']}").json["etag"]
    assert root("PATCH", f"/teams/{teams['helping']}", {"member_of": [above]}, If_Match=f'"{etag}"').status == 200
    case = made(sina, "cases", subject="It squeaks", team=teams["helping"])
    assert root("DELETE", f"/teams/{teams['helping']}").status == 204
    assert root("GET", f"/cases/{case}").json["names"]["team"] == "Service"
