"""The UID of a record that was merged into another leads there. A phone that still has the card, and
sends it anew, changes what it has changed since, and takes nothing of the other away."""
import json

from dav import card


def made(client, **values):
    answer = client("POST", "/api/v1/leads", json.dumps(values), Content_Type="application/json")
    assert answer.status == 201, answer.text
    return json.loads(answer.text)


def merged(ann, uid):
    """Two leads made one; the address and the card that the phone had of the one that went."""
    kept = made(ann, name="Karl Kunde", phones=[{"value": "+49 30 111"}], emails=[{"value": f"{uid}@x.example"}])
    lost = made(ann, name="K. Kunde", phones=[{"value": "+49 170 222"}], emails=[{"value": f"k-{uid}@x.example"}])
    path = f"/addressbooks/ann/leads/{lost['uid']}.vcf"
    body = ann("GET", path).text
    answer = ann("POST", f"/api/v1/leads/{kept['id']}/merge", json.dumps({"with": lost["id"]}),
                 Content_Type="application/json")
    assert answer.status == 200, answer.text
    assert ann("GET", path).status == 404
    return kept["uid"], path, body


def it_is_so_of_a_changed_card(ann, records, uid):
    kept, path, body = merged(ann, uid)
    before = records.values("leads", kept)
    assert ann.put_card(path, body.replace("END:VCARD", "TITLE:Chief\r\nEND:VCARD"), If_None_Match="*").status == 201
    after = records.values("leads", kept)
    assert after.pop("job_title") == "Chief"
    assert after == before and len(after["phones"]) == len(after["emails"]) == 2
    there = ann("GET", f"/addressbooks/ann/leads/{kept}.vcf").text
    assert f"UID:{kept}" in there and "222" in there and "111" in there


def it_is_so_when_the_version_is_not_kept(ann, records, server, uid):
    kept, path, _ = merged(ann, uid)
    server.sql("DELETE FROM crm_bin")
    before = records.values("leads", kept)
    old = path.split("/")[-1].removesuffix(".vcf")
    assert ann.put_card(path, card(old, "K. Kunde", extra="TEL:+49 170 222\r\n"), If_None_Match="*").status == 201
    assert records.values("leads", kept) == before
