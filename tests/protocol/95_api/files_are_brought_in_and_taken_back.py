CSV = "Vorname;Nachname;Firma;E-Mail;Betreuer\nInes;Iwer;Iwer AG;ines@iwer.example;\nBo;Bolt;;;niemand\n"


def test_looked_at_tried_run_and_undone(ann_, ben_):
    made = ann_("POST", "/imports", {"noun": "leads", "format": "csv", "name": "leads.csv", "text": CSV})
    assert made.status == 201, made
    job = made.json["id"]
    assert made.json["mapping"] == {"Vorname": "given", "Nachname": "family", "Firma": "company",
                                    "E-Mail": "emails", "Betreuer": "owner"}
    assert made.json["preview"][0]["values"]["family"] == "Iwer"
    assert "niemand" in made.json["preview"][1]["problem"]
    assert ben_("GET", f"/imports/{job}").status == 404
    tried = ann_("POST", f"/imports/{job}/run", {"dry_run": True}).json
    assert (tried["created"], tried["skipped"]) == (1, 1)
    assert ann_("GET", "/leads?q=Iwer").json["items"] == []
    done = ann_("POST", f"/imports/{job}/run", {}).json
    assert (done["state"], done["created"], done["problems"][0]["line"]) == ("done", 1, 3)
    (lead,) = ann_("GET", "/leads?q=Iwer").json["items"]
    assert lead["company"] == "Iwer AG"
    assert ann_("POST", f"/imports/{job}/run", {}).status == 409
    assert ann_("DELETE", f"/imports/{job}").json["state"] == "taken back"
    assert ann_("GET", "/leads?q=Iwer").json["items"] == []


def test_another_mapping(ann_):
    job = ann_("POST", "/imports", {"noun": "leads", "format": "csv", "text": "wer,was\nUte Uhl,Räder\n"}).json
    assert job["mapping"] == {"wer": "", "was": ""}
    again = ann_("PATCH", f"/imports/{job['id']}", {"mapping": {"wer": "name", "was": "note"}}).json
    assert again["preview"][0]["values"] == {"name": "Ute Uhl", "note": "Räder"}
    wrong = ann_("PATCH", f"/imports/{job['id']}", {"mapping": {"wer": "nonsense"}})
    assert wrong.status == 422 and wrong.json["field"] == "mapping"
