"""Cards that are imported keep their UID, so that they are the same when they come again; a dry run counts
what the run does, also of rows that are each other's twins."""
import uuid

from conftest import made
from dav import card

COUNTS = ("created", "updated", "skipped")


def run(api, noun, text, format="csv", **more):
    """The counts of a dry run and of the run behind it."""
    job = api("POST", "/imports", {"noun": noun, "format": format, "text": text, **more})
    assert job.status == 201, job
    done = [api("POST", f"/imports/{job.json['id']}/run", {"dry_run": dry}) for dry in (True, False)]
    assert all(d.status == 200 and not d.json["problems"] for d in done), done
    return [tuple(d.json[k] for k in COUNTS) for d in done]


def it_keeps_uids(ann_):
    uid, other = str(uuid.uuid4()), str(uuid.uuid4())
    cards = card(uid, "Vera Vogel", extra="TITLE:Buyer\r\n") + card(other, "Vito Vogel")
    assert run(ann_, "contacts", cards, "vcard") == [(2, 0, 0), (2, 0, 0)]
    assert run(ann_, "contacts", cards.replace("Buyer", "Chief buyer"), "vcard") == [(0, 1, 1), (0, 1, 1)]
    found = {c["uid"]: c for c in ann_("GET", "/contacts?q=Vogel").json["items"]}
    assert set(found) == {uid, other} and found[uid]["job_title"] == "Chief buyer"


def it_makes_no_second_record_of_a_uid(ann_, ben_):
    uid = str(uuid.uuid4())
    assert run(ann_, "leads", card(uid, "Lena Lerche"), "vcard") == [(1, 0, 0), (1, 0, 0)]
    # Ben does not see Ann's lead: his is one of its own.
    assert run(ben_, "leads", card(uid, "Lena Lerche"), "vcard") == [(1, 0, 0), (1, 0, 0)]
    assert [c["uid"] == uid for api in (ann_, ben_) for c in api("GET", "/leads?q=Lerche").json["items"]] == [True, False]
    assert run(ann_, "leads", card(uid, "Lena Lerche") * 2, "vcard", existing="create")[1][0] == 2


def it_tries_what_it_will_do(ann_):
    rows = ["Name,E-mail,Phone", "Mia Maus,mia@maus.example,", "Mia M.,MIA@maus.example,", "Ida Igel,,+49 40 99887766",
            "I. Igel,,040 99887766", "Udo Uhu,udo@uhu.example,"]
    for existing, counts in (("update", (3, 2, 0)), ("skip", (0, 0, 5)), ("create", (5, 0, 0))):
        assert run(ann_, "contacts", "\n".join(rows) + "\n", existing=existing) == [counts, counts], existing
    made(ann_, "contacts", name="Oda Otter", emails=[{"value": "oda@otter.example"}])
    text = "Name,E-mail\nOda Otter,oda@otter.example\nEva Elch,eva@elch.example\nEva Elch,eva@elch.example\n"
    assert run(ann_, "contacts", text, existing="skip") == [(1, 0, 2), (1, 0, 2)]
