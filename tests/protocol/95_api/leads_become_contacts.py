from conftest import made


def test_with_an_account_and_a_deal_in_one_go(ann_):
    lead = made(ann_, "leads", name="Nora Neu", company="Neu KG", emails=[{"value": "nora@neu.example"}])
    reply = ann_("POST", f"/leads/{lead}/convert", {
        "account": {"name": "Neu KG"}, "deal": {"name": "Ten bikes", "amount": 1200000}})
    assert reply.status == 200, reply
    got = reply.json
    assert got["contact"] == {"noun": "contacts", "id": lead}
    contact = ann_("GET", f"/contacts/{lead}").json
    assert contact["accounts"][0]["account"] == got["account"]["id"] and contact["company"] == "Neu KG"
    deal = ann_("GET", f"/deals/{got['deal']['id']}").json
    assert (deal["contact"], deal["account"], deal["amount"]) == (lead, got["account"]["id"], 1200000)
    assert ann_("GET", f"/leads/{lead}").status == 404
    assert ann_("POST", f"/leads/{lead}/convert", {}).status == 404, "once only"


def test_of_others_is_refused(ann_, ben_):
    lead = made(ann_, "leads", name="Mine alone")
    assert ben_("POST", f"/leads/{lead}/convert", {}).status == 404
