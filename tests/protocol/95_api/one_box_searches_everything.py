from conftest import made


def test_by_scraps_and_by_digits_of_what_one_may_see(ann_, ben_, carla_):
    lead = made(ann_, "leads", name="Käthe Großmann", company="Grünwerk", phones=[{"value": "+49 341 5550144"}])

    def found(api, words):
        return [item["id"] for item in api("GET", f"/search?q={words}").json["items"]]

    for words in ("kathe", "grossm", "grunwerk", "0341 555", "5550144"):
        assert lead in found(ann_, words), words
        assert lead in found(carla_, words), "who manages sees it"
        assert lead not in found(ben_, words), "a colleague's lead is theirs"
    assert found(ann_, "kathe nonsense") == []
    assert ann_("GET", "/search?q=x&nouns=pipelines").status == 422
