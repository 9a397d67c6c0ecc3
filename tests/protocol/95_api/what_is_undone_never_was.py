"""One click takes a change back, images and figures included."""
import time

from conftest import made

PIXEL = ("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB"
         "0C8AAAAASUVORK5CYII=")


def last(api, noun, id_):
    return api("GET", f"/{noun}/{id_}/history").json["items"][0]


def set_(api, noun, id_, **values):
    reply = api("PATCH", f"/{noun}/{id_}", values, If_Match="*")
    assert reply.status == 200, reply
    return reply.json


def undo(api, noun, id_):
    reply = api("POST", f"/{noun}/{id_}/undo", {"audit": last(api, noun, id_)["id"]})
    assert reply.status == 200, reply
    return reply.json


def figure(api, page, name, day=None):
    reply = api("GET", f"/dashboards/{page}" + (f"?as_of={day}" if day else ""))
    assert reply.status == 200, reply
    return reply.json["figures"][name]["value"]


def test_an_image(root_):
    id_ = made(root_, "accounts", name="Acme", photo=PIXEL)
    assert root_("GET", f"/accounts/{id_}").json["photo"] == PIXEL
    set_(root_, "accounts", id_, photo=None)
    assert last(root_, "accounts", id_)["changes"] == {"photo": [True, None]}
    assert undo(root_, "accounts", id_)["photo"] == PIXEL


def test_a_case_that_was_closed(sina_):
    me = sina_("GET", "/me").json["id"]
    other, id_ = made(sina_, "cases", subject="Other", owner=me), made(sina_, "cases", subject="Mine", owner=me)
    set_(sina_, "cases", other, status="Closed")
    set_(sina_, "cases", id_, status="Closed")
    assert figure(sina_, "support", "cases_closed") == 2
    back = undo(sina_, "cases", id_)
    assert (back["status"], back.get("reopen_count"), back.get("closed_at")) == ("Assigned", None, None)
    assert figure(sina_, "support", "cases_closed") == 1
    assert figure(sina_, "support", "reopen_rate") == 0 and figure(sina_, "support", "cases_reopened") == 0
    assert not [key for h in sina_("GET", f"/cases/{id_}/history").json["items"] for key in h["changes"] if key[0] == "_"]
    line = sina_("GET", f"/cases/{id_}/timeline").json["items"][0]
    assert (line["category"], line["before"], line["after"]) == ("undone", "Closed", "Assigned"), line


def test_a_deal_that_was_won(ann_):
    id_ = made(ann_, "deals", name="Big", amount=100, currency="EUR")
    won = [s["id"] for s in ann_("GET", "/stages").json["items"] if s["name"] == "Won"][0]
    set_(ann_, "deals", id_, stage=won)
    assert figure(ann_, "sales", "won_amount") == 100
    time.sleep(1.1)
    undo(ann_, "deals", id_)
    assert figure(ann_, "sales", "won_amount") == 0 and figure(ann_, "sales", "win_rate") is None
    assert figure(ann_, "sales", "open_amount") == 100
