"""Subjects, names and Message-IDs come from strangers: in our mails they stay what they are."""
import pytest

from dav import Server
from strangers import message


def answered(desk, box, case, number=1, **more):
    desk.answer(case, **more)
    return box.wait(number)[number - 1]


@pytest.mark.parametrize("subject", ["Máy in không chạy nữa", "الطابعة لا تعمل", "プリンターが動きません。助けてください。" * 3,
                                     "Größe & <b>\"Preis\"</b>", "x" * 300])
def test_any_language(desk, box, subject):
    case = desk.write(subject=subject, text=subject)
    mail = answered(desk, box, case, text=subject)
    number = desk.sina("GET", f"/cases/{case}").json["number"]
    assert mail.message["Subject"] == f"Re: [#{number}] {subject}"
    assert mail.text == subject
    assert all(byte < 128 for byte in mail.data) and max(map(len, mail.data.split(b"\r\n"))) <= 78


def test_lines_within_lines(desk, box):
    evil = "=?UTF-8?B?eA0KQmNjOiBldmVAZXZpbC5leGFtcGxlDQoNCmJvZHk=?="  # x CR LF Bcc: eve@...
    raw = (f"From: {evil} <ada@acme.example>\nTo: support@example.com\nSubject: {evil}\n"
           "Message-ID: <a@b> <evil>\nReferences: <x\ty@z>\n\nHelp\n")
    before = desk.ids()
    assert desk.command("capture", stdin=raw).stdout.strip() == "case"
    (case,) = desk.ids() - before
    mail = answered(desk, box, case, text="a\r\nBcc: eve@evil.example\r\n.\r\nQUIT\r\n")
    assert mail.message["Bcc"] is None and mail.recipients == ["ada@acme.example"]
    assert mail.message["Subject"].endswith("x Bcc: eve@evil.example body")
    assert mail.text == "a\nBcc: eve@evil.example\n.\nQUIT"
    assert set(mail.message.keys()) <= {
        "Date", "From", "Reply-To", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding", "In-Reply-To", "References", "X-Peer", "X-MailFrom", "X-RcptTo"}


def test_names_of_ours(desk, box):
    desk.command("user", "change", "sina", "--display-name", 'Sina "S," <eve@evil.example>\\')
    mail = answered(desk, box, desk.write())
    (sender,) = mail.message["From"].addresses
    assert sender.addr_spec == "support@example.com" and sender.display_name == 'Sina "S," <eve@evil.example>\\'


@pytest.mark.parametrize("number", ["[#1]", "[#99999999]"])
def test_a_number_in_the_subject_misleads_nobody(desk, box, number):
    case = desk.write(subject=f"{number} Hello")
    mail = answered(desk, box, case)
    reply = message("ada@acme.example", str(mail.message["Reply-To"]), "Re: " + mail.message["Subject"], "Yes")
    assert desk.capture(reply) == "note"
    assert "Yes" in [item.get("text", "").strip() for item in desk.sina("GET", f"/cases/{case}/timeline").json["items"]]


@pytest.mark.parametrize("wrong", [
    ["mail.smtp=http://localhost"], ["mail.smtp=localhost:25"], ["mail.smtp=smtp://localhost"],
    ["mail.smtp=smtp://localhost", "mail.from=Us <us@example.com>"],
    ["mail.smtp=smtp://localhost", "mail.from=us@example.com", "mail.user=us"]])
def test_settings_that_cannot_be(server: Server, wrong):
    words = [word for setting in wrong for word in ("--set", setting)]
    done = server.command("config", "check", *words, check=False)
    assert done.returncode == 1 and "mail." in done.stderr
