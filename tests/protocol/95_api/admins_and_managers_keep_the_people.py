import pytest

from api import Api


def find(api, where, name):
    return next(p for p in api("GET", f"/{where}").json["items"] if p["name"] == name)


def test_everybody_may_look(ann_):
    ann = find(ann_, "users", "ann")
    assert ann["emails"] == ["ann@example.com"] and ann["roles"] == ["sales"]
    assert [g["name"] for g in ann["member_of"]] == ["Selling"] and ann["manager_of"] == []
    selling = find(ann_, "teams", "selling")
    assert {m["name"] for m in selling["members"]} == {"Ann Ahlers", "Ben Brandt", "Carla Claas"}
    assert [m["name"] for m in selling["managers"]] == ["Carla Claas"]
    assert ann_("GET", f"/users/{ann['id']}").json == ann and ann_("GET", f"/teams/{ann['id']}").status == 404
    names = [p["name"] for p in ann_("GET", f"/users?f=team:eq:{selling['id']}&limit=2").json["items"]]
    assert names == ["ann", "ben"]
    assert ann_("GET", "/users?f=name:eq:x").status == 400


def test_an_admin_makes_changes_and_removes(company, root_):
    helping = find(root_, "teams", "helping")["id"]
    made = root_("POST", "/users", {"name": "dora", "display_name": "Dora Dorn", "emails": ["dora@example.com"], "kind": "user",
                                    "roles": ["support"], "member_of": [helping], "password": "dora-secret"})
    assert made.status == 201 and made.headers["Location"] == f"/api/v1/users/{made.json['id']}"
    assert [g["name"] for g in made.json["member_of"]] == ["Helping"]
    dora = Api(company, "dora")
    path = f"/users/{made.json['id']}"
    changed = root_("PATCH", path, {"display_name": "Dora D.", "roles": [], "member_of": [], "manager_of": [helping]},
                    If_Match=made.etag)
    assert (changed.json["display_name"], changed.json["roles"], changed.json["member_of"]) == ("Dora D.", [], [])
    assert changed.json["emails"] == ["dora@example.com"] and changed.json["manager_of"][0]["name"] == "Helping"
    assert root_("PATCH", path, {"display_name": "x"}, If_Match=made.etag).status == 412
    assert dora("GET", "/me").json["manages"] == [{"id": helping, "name": "Helping"}]
    assert root_("PATCH", path, {"password": "dora-secret-2"}).status == 200
    assert dora("GET", "/me").status == 401 and Api(company, "dora", "dora-secret-2").me["name"] == "dora"
    assert root_("DELETE", path).status == 204 and root_("GET", path).status == 404


def test_what_cannot_be_taken(root_, ann_):
    for body, field in (({}, "name"), ({"name": "a/b"}, "name"), ({"name": "x", "emails": ["no"]}, "emails"),
                        ({"name": "x", "emails": "x@example.com"}, "emails"), ({"name": "x", "roles": ["A B"]}, "roles"),
                        ({"name": "x", "password": "short"}, "password"), ({"name": "x", "member_of": [1 << 40]}, "member_of"),
                        ({"name": "x", "member_of": ["y"]}, "member_of"), ({"name": "x", "display_name": "a\nb"}, "display_name")):
        reply = root_("POST", "/users", body)
        assert (reply.status, reply.json.get("field")) == (422, field), reply
    assert root_("POST", "/users", {"name": "ANN"}).status == 409
    assert root_("POST", "/users", {"name": "new", "emails": ["ann@example.com"]}).status == 409
    assert root_("POST", "/teams", {"name": "t", "password": "long-enough"}).json["field"] == "password"


def test_nobody_locks_the_last_door(root_):
    me = root_.me["id"]
    assert root_("PATCH", f"/users/{me}", {"roles": []}).json["field"] == "roles"
    assert root_("DELETE", f"/users/{me}").status == 403
    company = next(p for p in root_("GET", "/teams").json["items"] if p["name"] == "company")
    assert root_("DELETE", f"/teams/{company['id']}").status == 403


def test_teams_nest_without_circles(root_):
    outer = root_("POST", "/teams", {"name": "outer", "kind": "group"}).json["id"]
    inner = root_("POST", "/teams", {"name": "inner", "member_of": [outer]})
    assert inner.status == 201 and [g["name"] for g in inner.json["member_of"]] == ["outer"]
    assert root_("PATCH", f"/teams/{outer}", {"member_of": [inner.json["id"]]}).status == 422
    assert root_("GET", f"/teams/{outer}").json["member_of"] == []


def test_others_may_not(ann_, ben_):
    ann, selling = find(ann_, "users", "ann"), find(ann_, "teams", "selling")
    for method, path, body in (("POST", "/users", {"name": "x"}), ("PATCH", f"/users/{ann['id']}", {"display_name": "x"}),
                               ("PATCH", f"/users/{ann['id']}", {"roles": ["admin"]}), ("DELETE", f"/users/{ben_.me['id']}", None),
                               ("POST", "/teams", {"name": "x"}), ("PATCH", f"/teams/{selling['id']}", {"members": []}),
                               ("PATCH", f"/users/{ann['id']}", {"manager_of": [selling["id"]]})):
        assert ann_(method, path, body).status == 403, path


def test_a_manager_says_who_is_in_the_team(carla_, root_):
    selling, helping = find(carla_, "teams", "selling"), find(carla_, "teams", "helping")
    sina = find(carla_, "users", "sina")
    before = [m["id"] for m in selling["members"]]
    path = f"/teams/{selling['id']}"
    assert carla_("PATCH", path, {"members": before + [sina["id"]]}).status == 200
    assert {"Selling", "Helping"} == {g["name"] for g in find(carla_, "users", "sina")["member_of"]}
    assert carla_("PATCH", f"/users/{sina['id']}", {"member_of": [helping["id"]]}).status == 200
    for where, body in ((path, {"managers": [sina["id"]]}), (path, {"display_name": "x"}),
                        (path, {"members": before + [helping["id"]]}),
                        (f"/teams/{helping['id']}", {"members": []}), (f"/users/{sina['id']}", {"member_of": []})):
        assert carla_("PATCH", where, body).status == 403, body
    assert [m["id"] for m in find(root_, "teams", "selling")["members"]] == before
