"""A server that says 4xx, breaks off or is not there is asked again, for so long."""
from dav import free_port
from postbox import Postbox, until
from strangers import message


def test_a_no_for_now(desk, box):
    box.answers = ["451 4.3.0 Come again later", "421 4.3.2 Still not"]
    note = desk.answer(desk.write())
    why = until(lambda: desk.note(note).get("mail_reason"))
    assert why == "ada@acme.example: 451 4.3.0 Come again later" and desk.note(note)["mail"] == "queued"
    (mail,) = box.wait()
    assert box.tries == 3 and mail.recipients == ["ada@acme.example"]
    until(lambda: desk.note(note)["mail"] == "sent")
    assert "mail_reason" not in desk.note(note)


def test_one_of_two_recipients(desks, boxes):
    """Who has it does not get it again."""
    box = boxes()
    desk = desks(*box.settings())
    case = desk.write(sender="bob@acme.example")
    box.recipients = {"ada@acme.example": "452 4.2.2 Full"}
    address = desk.sina("GET", f"/cases/{case}").json["reply_to"]
    assert desk.capture(message("ada@acme.example", address, "Me too", "Same here")) == "note"
    note = desk.answer(case, to=["ada@acme.example"], cc=["bob@acme.example"])
    until(lambda: box.tries >= 2)
    assert desk.note(note)["mail"] == "queued"
    assert [mail.recipients for mail in box.mails] == [["bob@acme.example"]]
    box.recipients = {}
    box.wait(2)
    until(lambda: desk.note(note)["mail"] == "sent")
    assert [mail.recipients for mail in box.mails] == [["bob@acme.example"], ["ada@acme.example"]]
    assert {mail.message["Message-ID"] for mail in box.mails} == {box.mails[0].message["Message-ID"]}
    assert desk.note(note)["recipients"] == "ada@acme.example, bob@acme.example"


def test_a_server_that_is_not_there(desks, tmp_path):
    box = Postbox(tmp_path, port=free_port())
    desk = desks(*box.settings())
    note = desk.answer(desk.write())
    assert "connect" in until(lambda: desk.note(note).get("mail_reason"))
    box.start()
    try:
        assert len(box.wait()) == 1
    finally:
        box.stop()


def test_it_is_given_up(desks, box):
    box.recipients = {"ada@acme.example": "450 4.7.1 Greylisted"}
    desk = desks(*box.settings(give_up="3s"))
    case = desk.write()
    note = desk.answer(case)
    until(lambda: desk.note(note)["mail"] == "failed")
    assert desk.note(note)["mail_reason"] == "ada@acme.example: 450 4.7.1 Greylisted"
    assert box.tries >= 2 and not box.mails
    (asked,) = [row for row in desk.sina("GET", "/requests").json["items"] if row["kind"] == "mail"]
    assert asked["record"] == case and "Greylisted" in asked["text"]
