"""From the mail that begins a case to the customer's reply to our answer, which joins it."""
import time

from postbox import until
from strangers import message


def test_it_goes_out_and_its_reply_comes_home(desk, box):
    case = desk.write(Message_ID="<first@acme.example>")
    note = desk.answer(case, "Turn it off.\n.\nAnd on again: größer = besser.")
    (mail,) = box.wait()
    number = desk.sina("GET", f"/cases/{case}").json["number"]
    reply_to = desk.sina("GET", f"/cases/{case}").json["reply_to"]
    head = mail.message
    assert mail.recipients == ["ada@acme.example"] and mail.sender == reply_to and mail.tls
    assert str(head["From"]) == "Sina Sömmer <support@example.com>"
    assert str(head["To"]) == "ada@acme.example" and str(head["Reply-To"]) == reply_to
    assert head["Subject"] == f"Re: [#{number}] Printer down"
    assert head["In-Reply-To"] == "<first@acme.example>" == head["References"]
    assert head["Auto-Submitted"] is None and head.get_content_type() == "text/plain"
    assert mail.text == "Turn it off.\n.\nAnd on again: größer = besser."
    until(lambda: desk.note(note)["mail"] == "sent")
    assert "mail_reason" not in desk.note(note)
    back = message("Ada <ada@acme.example>", str(head["Reply-To"]), "Re: " + head["Subject"], "It works",
                   In_Reply_To=head["Message-ID"])
    assert desk.capture(back) == "note"
    talk = [(item["direction"], item["text"].strip())
            for item in desk.sina("GET", f"/cases/{case}/timeline").json["items"] if item["noun"] == "notes"]
    assert ("in", "It works") in talk
    desk.answer(case, "Good")
    second = box.wait(2)[1].message
    assert second["In-Reply-To"] == back["Message-ID"]
    assert str(second["References"]).split() == ["<first@acme.example>", head["Message-ID"], back["Message-ID"]]
    time.sleep(2.5)
    assert len(box.mails) == 2, "once each"


def test_one_that_comes_back_as_undeliverable_is_told_in_its_case(desk, box):
    case = desk.write()
    desk.answer(case)
    (mail,) = box.wait()
    bounce = message("Mailer-Daemon@mail.example", mail.sender, "Undelivered Mail Returned to Sender",
                     "<ada@acme.example>: mailbox is full", Return_Path="<>", Auto_Submitted="auto-replied")
    assert desk.capture(bounce, "--to", mail.sender) == "note"
    assert "mailbox is full" in [item.get("text", "").strip().split(": ")[-1]
                                 for item in desk.sina("GET", f"/cases/{case}/timeline").json["items"]]
    time.sleep(1.5)
    assert len(box.mails) == 1, "nobody answers a machine"


def test_a_copy_that_comes_back_is_known(desk, box):
    case = desk.write()
    desk.answer(case)
    (mail,) = box.wait()
    again = message("support@example.com", "support@example.com", mail.message["Subject"], mail.text,
                    Message_ID=mail.message["Message-ID"])
    assert desk.capture(again) == "known"
