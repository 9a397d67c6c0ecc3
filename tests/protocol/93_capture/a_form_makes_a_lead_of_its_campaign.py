"""As a browser without script has it: the page, then what was filled in."""


def test_with_campaign_source_queue_and_language(forms):
    root = forms.root
    campaign = root("POST", "/campaigns", {"name": "Spring fair"}).json["id"]
    team = next(p["id"] for p in root("GET", "/teams").json["items"] if p["name"] == "sales")
    form = forms.make(campaign=campaign, source="Event", team=team)
    page = forms.show(form)
    assert page.status == 200 and page.needed == {"name"}
    assert not [tag for tag, _ in page.tags if tag in ("script", "link", "img", "iframe")]
    assert "X-Frame-Options" not in page.headers and "frame-ancestors" not in page.headers["Content-Security-Policy"], \
        "it may be shown in a frame of the company's site"
    reply = forms.send(form, page, {"Accept-Language": "de-AT, en;q=0.5"}, name="Nora Neu",
                       company="Neu KG", emails="nora@neu.example", phones="+49 30 901820", note="Bitte\nanrufen")
    assert reply.status_code == 200 and "Vielen Dank" in reply.text
    (lead,) = forms.leads()
    lead = root("GET", f"/leads/{lead['id']}").json
    assert lead["name"] == "Nora Neu" and lead["company"] == "Neu KG"
    assert [m["value"] for m in lead["emails"]] == ["nora@neu.example"]
    assert [p["value"] for p in lead["phones"]] == ["+49 30 901820"]
    assert lead["note"].replace("\r\n", "\n") == "Bitte\nanrufen"
    assert (lead["campaign"], lead["source"], lead["team"]) == (campaign, "Event", team)
    assert lead["language"] == "de" and "owner" not in lead and lead["names"]["status"] == "New"
    history = root("GET", f"/leads/{lead['id']}/history").json["items"]
    assert history[-1]["via"] == "form" and history[-1]["who"] is None


def test_a_rule_comes_before_the_queue(forms):
    root = forms.root
    ann = next(p["id"] for p in root("GET", "/users").json["items"] if p["name"] == "ann")
    root("POST", "/rules", {"name": "French", "applies_to": "leads", "conditions": {"language": "fr"},
                            "method": "round robin", "candidates": [{"user": ann}], "enabled": True})
    form = forms.make()
    forms.send(form, headers={"Accept-Language": "fr-CH"}, name="Francine")
    forms.send(form, headers={"Accept-Language": "it"}, name="Italo")
    owners = {lead["name"]: lead.get("owner") for lead in forms.leads()}
    assert owners == {"Francine": ann, "Italo": None}


def test_asking_for_an_address_alone_is_enough(forms):
    form = forms.make(fields=["emails"])
    assert set(forms.show(form).inputs) == {"emails", "stamp", "website2"}
    assert forms.send(form, emails="short@x.example").status_code == 200
    (lead,) = forms.leads()
    assert lead["name"] == "short@x.example"
