from conftest import made


def id_of(api):
    return api("GET", "/me").json["id"]


def test_a_lead_that_is_given_away_is_204_and_then_404(ann_, ben_):
    lead = made(ann_, "leads", name="Ada Byron")
    etag = ann_("GET", f"/leads/{lead}").etag
    reply = ann_("PATCH", f"/leads/{lead}", {"owner": id_of(ben_)}, If_Match=etag)
    assert reply.status == 204, reply
    assert ann_("GET", f"/leads/{lead}").status == 404
    assert ben_("GET", f"/leads/{lead}").json["name"] == "Ada Byron"


def test_a_lead_that_is_made_for_somebody_else_is_204(ann_, ben_):
    reply = ann_("POST", "/leads", {"name": "Bea Cole", "owner": id_of(ben_)})
    assert reply.status == 204, reply
    found = ben_("GET", "/leads?f=name:eq:Bea Cole").json["items"]
    assert [one["name"] for one in found] == ["Bea Cole"]


def test_who_reports_a_case_goes_on_seeing_it(ann_, sina_):
    case = made(ann_, "cases", subject="Printer down")
    assert ann_("GET", f"/cases/{case}").json["following"]
    assert sina_("GET", f"/cases/{case}").status == 200
