from conftest import made


def test_first_come(company, sina_, root_):
    team = next(t for t in root_("GET", "/teams").json["items"] if t["name"] == "helping")["id"]
    case = made(root_, "cases", subject="Who takes it?", team=team, owner=None)
    if root_("GET", f"/cases/{case}").json.get("owner"):
        etag = root_("GET", f"/cases/{case}").etag
        assert root_("PATCH", f"/cases/{case}", {"owner": None}, If_Match=etag).status == 200
    taken = sina_("POST", f"/cases/{case}/take")
    assert taken.status == 200 and taken.json["names"]["owner"] == "Sina Sommer", taken
    assert sina_("POST", f"/cases/{case}/take").status == 409, "mine already"
    assert root_("POST", f"/cases/{case}/take").status == 409
    assert sina_("POST", "/cases/999999/take").status == 404


def test_answers(sina_, ann_):
    case = made(sina_, "cases", subject="Answer me")
    inside = sina_("POST", f"/cases/{case}/answer", {"text": "Looks hard"})
    assert inside.status == 201 and inside.json["direction"] == "internal" and inside.json["parent"] == case
    assert "first_responded_at" not in sina_("GET", f"/cases/{case}").json
    out = sina_("POST", f"/cases/{case}/answer", {"text": "Try again", "public": True})
    assert out.json["direction"] == "out" and out.json["noun"] == "notes"
    assert sina_("GET", f"/cases/{case}").json["first_responded_at"]
    assert sina_("POST", f"/cases/{case}/answer", {"text": ""}).json["field"] == "text"
    assert ann_("POST", f"/cases/{case}/answer", {"text": "x"}).status == 404


def test_bin(sina_, ann_, root_):
    case = made(sina_, "cases", subject="Binned")
    assert sina_("DELETE", f"/cases/{case}").status == 204
    mine = next(b for b in sina_("GET", "/bin").json["items"] if b["id"] == case)
    assert (mine["noun"], mine["title"], mine["who"]["name"]) == ("cases", "Binned", "Sina Sommer")
    assert case in [b["id"] for b in root_("GET", "/bin").json["items"]]
    assert case not in [b["id"] for b in ann_("GET", "/bin").json["items"]]
    assert sina_("POST", f"/cases/{case}/restore").status == 200
    assert case not in [b["id"] for b in sina_("GET", "/bin").json["items"]]
