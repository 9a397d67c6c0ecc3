"""What somebody does has a key of its own, so that every record's own name stands under the same one."""
from conftest import made


def test_of_every_noun(root_):
    lead = made(root_, "leads", name="Nora Neu", job_title="Boss")
    got = root_("GET", f"/leads/{lead}").json
    assert (got["label"], got["title"], got["job_title"]) == ("Nora Neu", "Nora Neu", "Boss")
    (listed,) = root_("GET", f"/leads?f=id:eq:{lead}&fields=job_title").json["items"]
    assert (listed["title"], listed["job_title"]) == ("Nora Neu", "Boss")
    assert root_("PATCH", f"/leads/{lead}", {"title": "x"}, If_Match="*").json["reason"] == "no-such-field"
    keys = [f["key"] for n in root_("GET", "/fields").json["nouns"] if n["name"] in ("contacts", "leads") for f in n["fields"]]
    assert keys.count("job_title") == 2 and "title" not in keys


def test_files_with_the_header_of_before_are_read(root_):
    for number, header in enumerate(("Title", "title", "Job title", "job_title", "Position")):
        name = f"Karl {number}"
        looked = root_("POST", "/imports", {"noun": "contacts", "format": "csv", "text": f"Name,{header}\n{name},Chief\n"}).json
        assert looked["mapping"][header] == "job_title", looked
        assert root_("POST", f"/imports/{looked['id']}/run", {}).json["created"] == 1
        (got,) = root_("GET", f"/contacts?q={name.replace(' ', '%20')}&fields=job_title").json["items"]
        assert got["job_title"] == "Chief"
    looked = root_("POST", "/imports", {"noun": "contacts", "format": "csv", "text": "Name,X\nMapped,Chief\n",
                                        "mapping": {"X": "title"}}).json
    assert looked["mapping"]["X"] == "job_title"


def test_a_phone_reads_and_writes_it_as_title(company, ann_):
    me = ann_("GET", "/me").json["id"]
    id_ = made(ann_, "leads", name="Nora Neu", job_title="Boss", owner=me)
    phone = company.client("ann")
    path = f"/addressbooks/ann/leads/{ann_('GET', f'/leads/{id_}').json['uid']}.vcf"
    card = phone("GET", path)
    assert b"\r\nTITLE:Boss\r\n" in card.body
    assert phone.put_card(path, card.body.replace(b"TITLE:Boss", b"TITLE:Chief"), If_Match=card.headers["ETag"]).status == 204
    assert ann_("GET", f"/leads/{id_}").json["job_title"] == "Chief"
