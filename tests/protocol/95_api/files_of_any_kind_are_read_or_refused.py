"""Files that somebody else wrote: what is no table or no cards is refused with a reason, what is odd
costs a moment, and nothing in a file says whose a record is made by whom."""
import time

import pytest

ODD = {
    "nothing": "",
    "a head alone": "Name",
    "an open quotation": 'Name,Note\n"Ada,"never ends\n' + "x,y\n" * 50,
    "quotations in quotations": "Name,Note\n" + '"' * 20001 + "\n",
    "thousands of columns": ",".join(f"c{i}" for i in range(5000)) + "\n" + "," * 4999,
    "rows of other lengths": "Name;Note\na;b;c;d\ne\n;;;;;;;\n",
    "NUL and controls": "Name,Note\nAda\x00Byron,\x01\x02\x1b[31m\n",
    "one long line": "Name\n" + "x" * 500000,
    "heads twice": "Name,Name,Name\na,b,c\n",
    "only separators": ";" * 190 + "\n" + ";" * 190,
    "a mark of byte order": "\ufeffName\nAda\n",
}
CARDS = {
    "nothing": "",
    "no end": "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\n",
    "one in another": "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\n" * 200 + "END:VCARD\r\n" * 200,
    "a calendar": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
    "a thousand phones": "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\n" + "TEL:1\r\n" * 1000 + "END:VCARD\r\n",
    "NUL": "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\x00B\r\nEND:VCARD\r\n",
}


def look_and_run(api, form, text):
    began = time.monotonic()
    reply = api("POST", "/imports", {"noun": "leads", "format": form, "text": text})
    assert reply.status in (201, 400, 413, 422), reply
    if reply.status == 201:
        job = reply.json["id"]
        assert api("POST", f"/imports/{job}/run", {"dry_run": True}).status == 200
        done = api("POST", f"/imports/{job}/run", {})
        assert done.status in (200, 409, 422), done
        assert api("DELETE", f"/imports/{job}").status in (200, 409)
    assert time.monotonic() - began < 20
    return reply


@pytest.mark.parametrize("what", ODD)
def test_tables(ann_, what):
    look_and_run(ann_, "csv", ODD[what])
    assert ann_("GET", "/me").status == 200


@pytest.mark.parametrize("what", CARDS)
def test_cards(ann_, what):
    look_and_run(ann_, "vcard", CARDS[what])
    assert ann_("GET", "/me").status == 200


def test_columns_set_no_more_than_their_reader_may(ann_, ben_):
    text = "Name,id,uid,created,converted_at,number\nFormula Lead,1,mine,1,1,7\n"
    job = ann_("POST", "/imports", {"noun": "leads", "format": "csv", "text": text}).json
    assert not set(job["mapping"].values()) & {"id", "uid", "created", "converted_at", "number"}
    for key in ("id", "uid", "created", "converted_at", "first_responded_at"):
        wrong = ann_("PATCH", f"/imports/{job['id']}", {"mapping": {"Name": "name", "id": key}})
        assert wrong.status == 422 and wrong.json["field"] == "mapping", key
    assert ann_("POST", f"/imports/{job['id']}/run", {}).json["created"] == 1
    (lead,) = ann_("GET", "/leads?q=Formula").json["items"]
    assert lead["uid"] != "mine" and "converted_at" not in lead
    # Nor does anybody look into, run or take back what others import.
    assert ben_("POST", f"/imports/{job['id']}/run", {}).status == 404
    assert ben_("DELETE", f"/imports/{job['id']}").status == 404
    assert ben_("PATCH", f"/imports/{job['id']}", {"existing": "skip"}).status == 404
