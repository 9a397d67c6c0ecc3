"""A mail that is refused for good is not tried again; its author hears why, on the home page."""
import time

import pytest

from api import Api
from postbox import until


@pytest.mark.parametrize("where", ["RCPT", "DATA"])
def test_it(desk, box, where):
    if where == "RCPT":
        box.recipients = {"ada@acme.example": "550 5.1.1 Nobody of that name"}
    else:
        box.answers = ["554 5.7.1 Nobody of that name"]
    case = desk.write()
    note = desk.answer(case)
    until(lambda: desk.note(note)["mail"] == "failed")
    code = "550 5.1.1" if where == "RCPT" else "554 5.7.1"
    assert desk.note(note)["mail_reason"] == f"ada@acme.example: {code} Nobody of that name"
    (asked,) = [row for row in desk.sina("GET", "/requests").json["items"] if row["kind"] == "mail"]
    assert asked["record"] == case and "Nobody of that name" in asked["text"]
    assert not [row for row in Api(desk, "root")("GET", "/requests").json["items"]
                if row["kind"] == "mail" and row["who"] != desk.sina.me["id"]]
    (entry,) = [item for item in desk.sina("GET", f"/cases/{case}/timeline").json["items"] if item["noun"] == "notes"]
    assert entry["mail"] == "failed" and "Nobody" in entry["mail_reason"]
    time.sleep(2.5)
    assert box.tries == 1
    box.recipients = {}
    (line,) = desk.command("mail", "list").stdout.splitlines()
    number, state, _, tries, to, why = line.split("\t")
    assert (state, tries, to) == ("refused", "1", "ada@acme.example") and "Nobody" in why
    assert desk.command("mail", "retry", number).stdout == "1\n"
    box.wait()
    until(lambda: desk.note(note)["mail"] == "sent")
    assert not [row for row in desk.sina("GET", "/requests").json["items"] if row["kind"] == "mail"]


def test_the_others_get_theirs(desk, box):
    box.recipients = {"bob@acme.example": "550 5.1.1 Gone"}
    root = Api(desk, "root")
    acme = root("POST", "/accounts", {"name": "Acme"}).json["id"]
    for name in ("Ada", "Bob"):
        people = [{"account": acme}]
        made = root("POST", "/contacts", {"family": name, "accounts": people, "emails": [
            {"value": f"{name.lower()}@acme.example", "type": "work"}]})
        assert made.status == 201, made
    case = desk.write()
    note = desk.answer(case, cc=["bob@acme.example"])
    until(lambda: desk.note(note)["mail"] == "failed")
    assert desk.note(note)["mail_reason"] == "bob@acme.example: 550 5.1.1 Gone"
    assert [mail.recipients for mail in box.mails] == [["ada@acme.example"]]
    assert str(box.mails[0].message["Cc"]) == "bob@acme.example"
