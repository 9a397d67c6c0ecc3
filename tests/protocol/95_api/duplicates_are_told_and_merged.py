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


def test_a_number_is_the_same_however_it_is_written(ann_):
    mine = made(ann_, "leads", name="By phone", phones=[{"value": "+49 30 7654321"}])
    for number in ("030 7654321", "0049 30 7654321", "+49307654321", "(030) 76 54-321"):
        items = ann_("POST", "/duplicates", {"noun": "leads", "values": {
            "name": "Somebody else", "phones": [{"value": number}]}}).json["items"]
        assert [(i["record"]["id"], i["why"]) for i in items] == [(mine, ["phone"])], number


def test_names_are_compared_as_forms_ask_for_them(ann_):
    mine = made(ann_, "leads", given="Jörg", family="Möller", company="Wald GmbH")
    for values in ({"given": "Jörg", "family": "Möller"}, {"given": "Jorg", "family": "MOLLER"}, {"name": "Jörg Möller"}):
        items = ann_("POST", "/duplicates", {"noun": "leads", "values": {**values, "company": "Wald GmbH"}}).json["items"]
        assert [(i["record"]["id"], i["why"]) for i in items] == [(mine, ["name", "company"])], values
