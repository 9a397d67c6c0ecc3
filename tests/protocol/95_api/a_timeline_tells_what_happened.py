from conftest import made


def test_of_a_lead(ann_, ben_):
    lead = made(ann_, "leads", family="Line")
    call = made(ann_, "notes", parent=lead, category="Call", direction="out", text="Spoke", subject="Call", at=1700000000)
    task = made(ann_, "tasks", parent=lead, subject="Send offer")
    meeting = made(ann_, "meetings", parent=lead, subject="Visit", start=1700000100, end=1700003700, category="Visit")
    etag = ann_("GET", f"/leads/{lead}").etag
    ben = ben_.me["id"]
    working = next(s for s in ann_("GET", "/lead-statuses").json["items"] if s["name"] == "Working")["id"]
    assert ann_("PATCH", f"/leads/{lead}", {"status": working}, If_Match=etag).status == 200
    items = ann_("GET", f"/leads/{lead}/timeline").json["items"]
    assert [i["at"] for i in items] == sorted((i["at"] for i in items), reverse=True)
    by = {(i["noun"], i["id"], i.get("category")): i for i in items}
    assert by["notes", call, "Call"]["text"] == "Spoke" and by["notes", call, "Call"]["direction"] == "out"
    assert by["tasks", task, None]["title"] == "Send offer" and by["meetings", meeting, "Visit"]["at"] == 1700000100
    status = by["leads", lead, "status"]
    assert (status["before"], status["after"], status["who"]["name"]) == ("New", "Working", "Ann Ahlers")
    assert ("leads", lead, "created") in by and items[-1]["id"] == call
    assert ben_("GET", f"/leads/{lead}/timeline").status == 404
    assert ben


def test_page_by_page(ann_):
    lead = made(ann_, "leads", family="Long line")
    notes = [made(ann_, "notes", parent=lead, text=f"note {i}", at=1700000000 + i // 2) for i in range(120)]
    seen, cursor = [], ""
    while True:
        page = ann_("GET", f"/leads/{lead}/timeline{cursor}").json
        assert len(page["items"]) <= 50
        seen += [i["id"] for i in page["items"] if i["noun"] == "notes"]
        if "cursor" not in page:
            break
        cursor = "?cursor=" + page["cursor"]
    assert sorted(seen) == notes and seen == notes[::-1]
    for wrong in ("x", "1", "1.x", "1.2.3"):
        assert ann_("GET", f"/leads/{lead}/timeline?cursor={wrong}").status == 400


def test_of_an_account_is_what_may_be_seen(ann_, ben_, carla_):
    account = made(carla_, "accounts", name="Shared GmbH")
    mine, others = made(ann_, "deals", name="Mine", account=account), made(ben_, "deals", name="Others", account=account)
    seen = {i["id"] for i in ann_("GET", f"/accounts/{account}/timeline").json["items"]}
    assert mine in seen and others not in seen
    assert {mine, others} <= {i["id"] for i in carla_("GET", f"/accounts/{account}/timeline").json["items"]}


def test_overview(ann_, ben_, carla_):
    account = made(carla_, "accounts", name="Glance GmbH")
    contact = made(carla_, "contacts", family="Chief", accounts=[{"account": account, "role": "CEO", "primary": True}])
    mine = made(ann_, "deals", name="Mine", account=account, amount=1000)
    others = made(ben_, "deals", name="Others", account=account, amount=500)
    need = made(carla_, "needs", parent=account, text="A bigger printer")
    meeting = made(carla_, "meetings", subject="Ahead", parent=account, start=4000000000, end=4000003600)
    told = carla_("GET", f"/accounts/{account}/overview").json
    assert [p["id"] for p in told["people"]] == [contact] and [n["id"] for n in told["needs"]] == [need]
    assert {d["id"] for d in told["deals"]} == {mine, others} and told["sales"] == {"open": 1500, "won": 0, "lost": 0}
    assert told["next_meeting"]["id"] == meeting and told["cases"] == [] and told["relations"] == []
    told = ann_("GET", f"/accounts/{account}/overview").json
    assert [d["id"] for d in told["deals"]] == [mine] and told["sales"]["open"] == 1000
    assert ann_("GET", "/accounts/999999/overview").status == 404
