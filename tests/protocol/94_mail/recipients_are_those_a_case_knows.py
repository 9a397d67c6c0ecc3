"""Nobody writes to strangers from a case; nobody writes to an address that would come back as mail."""
import pytest

from api import Api
from strangers import message


def refused(desk, case, field, **more):
    reply = desk.sina("POST", f"/cases/{case}/answer", {"text": "x", "public": True, **more})
    assert reply.status == 422 and reply.json["field"] == field, reply
    return reply.json["detail"]


def test_strangers_are_refused(desk, box):
    case = desk.write()
    for address in ("eve@evil.example", "support@example.com", "sales@example.com", "SUPPORT+x@example.com", "nobody", "",
                    "ada@acme.example\r\nRCPT TO:<eve@evil.example>", "ada@acme.example, eve@evil.example"):
        refused(desk, case, "to", to=[address])
        refused(desk, case, "cc", cc=[address])
    refused(desk, case, "to", to=["ada@acme.example"] * 21)
    refused(desk, case, "to", to="ada@acme.example")
    refused(desk, case, "to", to=[7])
    inside = desk.sina("POST", f"/cases/{case}/answer", {"text": "x", "to": ["ada@acme.example"]})
    assert inside.status == 422 and inside.json["field"] == "to"
    assert not box.tries and not desk.command("mail", "list", "--all").stdout


def test_who_wrote_and_who_belongs_there(desk, box):
    root = Api(desk, "root")
    acme = root("POST", "/accounts", {"name": "Acme", "emails": [{"value": "info@acme.example", "type": "work"}]}).json["id"]
    for name in ("ada", "bob"):
        assert root("POST", "/contacts", {"family": name, "accounts": [{"account": acme}], "emails": [
            {"value": f"{name}@acme.example", "type": "work"}]}).status == 201
    case = desk.write()
    one = desk.sina("GET", f"/cases/{case}").json
    assert one["account"] == acme
    assert desk.capture(message("carl@else.example", one["reply_to"], "Hm", "Me too")) == "note"
    desk.answer(case, to=["Bob@acme.example", "bob@acme.example"], cc=["info@acme.example", "carl@else.example"])
    mails = box.wait(3)
    assert [mail.recipients for mail in mails] == [["Bob@acme.example"], ["info@acme.example"], ["carl@else.example"]]
    assert str(mails[2].message["To"]) == "Bob@acme.example"
    assert str(mails[0].message["Cc"]) == "info@acme.example, carl@else.example"


def test_a_case_of_the_telephone_goes_to_its_contact(desk, box):
    contact = Api(desk, "root")("POST", "/contacts", {"family": "Dora", "emails": [
        {"value": "dora@acme.example", "type": "work"}]}).json["id"]
    case = desk.sina("POST", "/cases", {"subject": "Called", "channel": "Phone", "contact": contact}).json["id"]
    desk.answer(case)
    (mail,) = box.wait()
    assert mail.recipients == ["dora@acme.example"] and mail.message["In-Reply-To"] is None


@pytest.mark.parametrize("sender", [None, "support@example.com"])
def test_nobody_to_write_to(desk, box, sender):
    case = desk.sina("POST", "/cases", {"subject": "Called", "sender": sender}).json["id"]
    note = desk.note(desk.answer(case, "Done"))
    assert note["mail"] == "failed" and "No mail address" in note["mail_reason"] and note["text"] == "Done"
    assert not desk.command("mail", "list", "--all").stdout


def test_what_is_for_colleagues_stays_inside(desk, box):
    case = desk.write()
    inside = desk.sina("POST", f"/cases/{case}/answer", {"text": "Looks hard"})
    assert inside.status == 201 and "mail" not in inside.json
    assert not desk.command("mail", "list", "--all").stdout
