"""Addresses beyond ASCII (RFC 6531): domains travel in ASCII to any server, local parts to one that knows them."""
import pytest

from api import Api
from postbox import until
from strangers import message

SINO, SINO_TRAVELS = "陈@bücher.example", "陈@xn--bcher-kva.example"


def test_a_domain_goes_to_any_server(desk, box):
    case = desk.write(sender="ada@bücher.example")
    desk.answer(case)
    (mail,) = box.wait()
    assert mail.recipients == ["ada@xn--bcher-kva.example"] and not mail.utf8
    assert str(mail.message["To"]) == "ada@xn--bcher-kva.example" and mail.data.isascii()


def test_a_local_part_goes_to_a_server_that_offers_it(desks, boxes):
    box = boxes(utf8=True)
    desk = desks(*box.settings())
    case = desk.write(sender=SINO)
    for text in ("First", "Second, on the same connection"):
        note = desk.answer(case, text)
        until(lambda: desk.note(note)["mail"] == "sent")
    first, second = box.mails
    assert first.recipients == second.recipients == [SINO_TRAVELS] and first.utf8 and second.utf8
    assert first.data.isascii() and SINO_TRAVELS in str(first.message["To"])
    desk.answer(desk.write(sender="Ada <ada@acme.example>"))
    assert not box.wait(3)[2].utf8


def test_elsewhere_it_is_refused_for_good_with_a_reason(desk, box):
    case = desk.write(sender=SINO)
    note = desk.answer(case)
    until(lambda: desk.note(note)["mail"] == "failed")
    assert desk.note(note)["mail_reason"] == f"{SINO_TRAVELS}: The mail server knows no addresses beyond ASCII (SMTPUTF8)"
    assert not box.mails
    desk.answer(desk.write(sender="Ada <ada@acme.example>"))
    assert box.wait()[0].recipients == ["ada@acme.example"]


def test_others_of_the_same_mail_get_theirs(desk, box):
    root = Api(desk, "root")
    acme = root("POST", "/accounts", {"name": "Acme", "emails": [{"value": "info@acme.example", "type": "work"}]}).json["id"]
    case = desk.write(sender="info@acme.example")
    assert desk.sina("GET", f"/cases/{case}").json["account"] == acme
    reply_to = desk.sina("GET", f"/cases/{case}").json["reply_to"]
    assert desk.capture(message(SINO, reply_to, "Hm", "Me too")) == "note"
    note = desk.answer(case, cc=[SINO])
    until(lambda: desk.note(note)["mail"] == "failed")
    (mail,) = box.mails
    assert mail.recipients == ["info@acme.example"] and mail.data.isascii()
    assert desk.note(note)["recipients"] == f"info@acme.example, {SINO_TRAVELS}"


@pytest.mark.parametrize("address", ["ada@bü cher.example", "a da@bücher.example", "ädä@", "@bücher.example", "ä@a..example",
                                     "ädä@bücher.example>", "ä\r\nRCPT TO:<eve@evil.example>@bücher.example", "ä" * 33 + "@a.example"])
def test_what_is_none_is_refused(desk, box, address):
    case = desk.write(sender=SINO)
    reply = desk.sina("POST", f"/cases/{case}/answer", {"text": "x", "public": True, "to": [address]})
    assert reply.status == 422 and reply.json["field"] == "to", reply
    assert not box.tries
