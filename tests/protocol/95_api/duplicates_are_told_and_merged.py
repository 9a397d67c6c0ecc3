from conftest import made


def test_before_saving_as_a_list_and_made_one(ann_):
    one = made(ann_, "leads", name="Otto Ochs", emails=[{"value": "otto@ochs.example"}])
    told = ann_("POST", "/duplicates", {"noun": "leads", "values": {
        "name": "O. Ochs", "emails": [{"value": "OTTO@ochs.example"}]}})
    assert told.status == 200 and told.json["items"][0]["record"]["id"] == one
    two = made(ann_, "leads", name="Otto E. Ochs", emails=[{"value": "otto@ochs.example"}], note="Likes green")
    pairs = ann_("GET", "/leads/duplicates").json["pairs"]
    assert {one, two} in [{p["a"]["id"], p["b"]["id"]} for p in pairs]
    kept = ann_("POST", f"/leads/{one}/merge", {"with": two, "take": {"name": "that"}})
    assert kept.status == 200, kept
    assert (kept.json["name"], kept.json["note"]) == ("Otto E. Ochs", "Likes green")
    assert ann_("GET", f"/leads/{two}").status == 404
    assert two in [b["id"] for b in ann_("GET", "/bin").json["items"]]
