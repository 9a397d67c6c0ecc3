"""Of nobody in particular, a rep's dashboard shows the rep's own figures, with their goal; whoever leads
others sees all of them there."""
from conftest import made


def it_is_so(ann_, ben_, carla_, root_):
    stages = {s["name"]: s["id"] for s in ann_("GET", "/stages").json["items"]}
    for api, amount in ((ann_, 30000), (ben_, 50000)):
        deal = made(api, "deals", name="Won", amount=amount)
        assert api("PATCH", f"/deals/{deal}", {"stage": stages["Won"]}, If_Match="*").status == 200
    made(root_, "goals", who=ann_.me["id"], metric="won_amount", **{"from": "2000-01-01", "to": "2100-01-01"}, target=60000)
    own = ann_("GET", "/dashboards/sales").json
    assert own["filter"]["who"] == ann_.me["id"]
    assert own["figures"]["won_amount"]["value"] == 30000
    assert own["figures"]["goal_full"]["value"] is not None and own["lists"]["goals"]
    assert own["figures"] == ann_("GET", f"/dashboards/sales?who={ann_.me['id']}").json["figures"]
    all_of_them = carla_("GET", "/dashboards/sales").json
    assert all_of_them["filter"]["who"] is None and all_of_them["figures"]["won_amount"]["value"] == 80000
    assert ann_("GET", "/dashboards/company").json["filter"]["who"] is None
