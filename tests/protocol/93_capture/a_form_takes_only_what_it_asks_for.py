def test_whose_it_is_and_where_it_stands_is_not_a_visitors_to_say(forms):
    root = forms.root
    other = root("POST", "/campaigns", {"name": "Other"}).json["id"]
    status = root("GET", "/lead-statuses").json["items"][-1]["id"]
    form = forms.make()
    sent = {"owner": str(root.me["id"]), "team": "1", "status": str(status), "id": "1", "uid": "mine",
            "campaign": str(other), "source": "Referral", "score": "99", "value": "100", "tags": "VIP",
            "consent": "given", "do_not_call": "1", "converted_at": "1", "job_title": "not asked", "kind": "x"}
    assert forms.send(form, name="Nora", **sent).status_code == 200
    (lead,) = forms.leads()
    lead = root("GET", f"/leads/{lead['id']}").json
    for key in ("owner", "team", "campaign", "score", "value", "tags", "do_not_call", "converted_at", "job_title"):
        assert not lead.get(key), key
    assert lead["names"]["status"] == "New" and lead["source"] == "Web form" and lead["uid"] != "mine"
    assert lead.get("consent", "unknown") == "unknown" and lead["id"] != 1


def test_no_row_makes_it_ask_for_them(forms):
    form = forms.make(fields=["name", "owner", "status", "source", "campaign", "score", "photo",
                              "converted_at", "consent", "nonsense", "note"])
    assert set(forms.show(form).inputs) == {"name", "note", "stamp", "website2"}
    assert forms.send(form, name="Nora", owner=str(forms.root.me["id"])).status_code == 200
    (lead,) = forms.leads()
    assert not lead.get("owner")
