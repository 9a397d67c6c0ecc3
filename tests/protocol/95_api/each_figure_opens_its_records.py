"""Dashboards are told of whom one sees, and each number opens the list of what is behind it."""
import datetime

import pytest

from conftest import made

PAGES = ("home", "sales", "support", "manager", "company", "campaigns")


def stage(api, name):
    rows = api("GET", "/stages?limit=100").json["items"]
    return next(row["id"] for row in rows if row["name"] == name)


def change(api, noun, record, **values):
    etag = api("GET", f"/{noun}/{record}").etag
    reply = api("PATCH", f"/{noun}/{record}", values, If_Match=etag)
    assert reply.status == 200, reply


@pytest.fixture(scope="module")
def won(ann_):
    """A deal of ann's that was won, beside one that is open."""
    deal = made(ann_, "deals", name="Engines", amount=100000)
    made(ann_, "deals", name="Wheels", amount=50000)
    change(ann_, "deals", deal, stage=stage(ann_, "Won"))
    return deal


def test_a_number_and_its_list_agree(ann_, won):
    figures = ann_("GET", "/dashboards/sales").json["figures"]
    assert figures["won_amount"]["value"] == 100000
    assert figures["win_rate"]["value"] == 100
    page = ann_("GET", figures["won_amount"]["records"]).json
    assert [item["id"] for item in page["items"]] == [won] and page["total"] == 1
    for name, figure in figures.items():
        assert ann_("GET", figure["records"]).status == 200, name


def test_a_cell_of_a_table_opens_its_own(carla_, ann_, won):
    rows = carla_("GET", "/dashboards/manager").json["lists"]["sales_reps"]
    row = next(row for row in rows if row["name"] == "Ann Ahlers")
    assert row["won_amount"]["value"] == 100000
    page = carla_("GET", row["won_amount"]["records"]).json
    assert [item["label"] for item in page["items"]] == ["Engines"]


def test_others_are_none_of_ones_business(ben_, ann_, won):
    me = ann_("GET", "/me").json["id"]
    assert ben_("GET", f"/dashboards/sales?who={me}").status == 403
    assert ben_("GET", f"/figures/won_amount/records?who={me}").status == 403
    assert ben_("GET", "/figures/won_amount/records").json["items"] == []
    assert ben_("GET", "/dashboards/sales").json["figures"]["won_amount"]["value"] == 0


def test_lists_come_in_pages(ann_, won):
    first = ann_("GET", "/figures/open_amount/records?limit=1").json
    assert len(first["items"]) == 1 and "cursor" not in first
    made(ann_, "deals", name="Rails", amount=1)
    first = ann_("GET", "/figures/open_amount/records?limit=1").json
    rest = ann_("GET", f"/figures/open_amount/records?limit=1&cursor={first['cursor']}").json
    assert {first["items"][0]["label"], rest["items"][0]["label"]} == {"Wheels", "Rails"}


def test_a_past_day_knows_nothing_of_today(ann_, won):
    day = datetime.date.today() - datetime.timedelta(days=2)
    figures = ann_("GET", f"/dashboards/sales?as_of={day}").json["figures"]
    assert figures["won_amount"]["value"] == 0 and figures["open_deals"]["value"] == 0


@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_everybody(page, ann_, sina_, root_, won):
    for api in (ann_, sina_, root_):
        assert api("GET", f"/dashboards/{page}?from=2026-01-01&to=2026-04-01").status == 200


def test_home_holds_the_day(ann_):
    task = made(ann_, "tasks", subject="Call back", due=1)
    home = ann_("GET", "/dashboards/home").json
    assert task in [row["id"] for row in home["lists"]["tasks"]]


def test_each_figure_is_defined(ann_):
    items = ann_("GET", "/figures").json["items"]
    names = [item["name"] for item in items]
    assert len(names) == len(set(names)) and "win_rate" in names
    for page in PAGES:
        shown = set(ann_("GET", f"/dashboards/{page}").json["figures"])
        assert shown == {i["name"] for i in items if page in i["dashboards"]}


def test_what_is_none_is_refused(ann_):
    assert ann_("GET", "/dashboards/weather").status == 404
    assert ann_("GET", "/figures/weather/records").status == 404
    for words in ("from=2026-13-01", "as_of=today", "from=2026-05-02&to=2026-05-01", "who=x"):
        assert ann_("GET", f"/dashboards/sales?{words}").status == 400, words
