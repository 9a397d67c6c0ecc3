"""TLS is required, certificates are checked, and passwords go nowhere before."""
import pytest

from postbox import PASSWORD, certificate, until


def sent(desk, box):
    desk.answer(desk.write())
    return box.wait()[0]


def refused(desk, box, *words):
    note = desk.answer(desk.write())
    why = until(lambda: desk.note(note).get("mail_reason"))
    assert any(word in why for word in words), why
    assert desk.note(note)["mail"] == "queued" and not box.mails and not box.tries
    return why


@pytest.mark.parametrize("tls", ["starttls", "smtps"])
def test_with_a_name_and_a_password(desks, boxes, tls):
    box = boxes(tls=tls, login=True)
    mail = sent(desks(*box.settings()), box)
    assert mail.tls and mail.login == b"kontor"


def test_a_server_without_tls_gets_nothing(desks, boxes):
    box = boxes(tls="none", login=True)
    refused(desks(*box.settings(starttls="yes")), box, "STARTTLS", "SSL")


def test_unless_the_settings_say_so(desks, boxes):
    box = boxes(tls="none")
    assert not sent(desks(*box.settings()), box).tls


@pytest.mark.parametrize("tls", ["starttls", "smtps"])
def test_a_certificate_of_somebody_else(desks, boxes, tmp_path, tls):
    box = boxes(tls=tls)
    other, _ = certificate(tmp_path, "other")
    refused(desks(*box.settings(ca=other)), box, "certificate")


def test_a_certificate_for_another_name(desks, boxes, tmp_path):
    box = boxes(cert=certificate(tmp_path, "elsewhere", address="DNS:elsewhere.example"))
    refused(desks(*box.settings()), box, "subject name", "certificate")


def test_a_wrong_password_is_no_fault_of_the_mail(desks, boxes, tmp_path):
    box = boxes(login=True)
    wrong = tmp_path / "wrong"
    wrong.write_text("wrong\n")
    desk = desks(*box.settings(password_file=wrong))
    why = refused(desk, box, "535", "denied")
    assert "wrong" not in why
    wrong.write_text(PASSWORD)
    box.wait()
    assert PASSWORD not in desk.log_text()


def test_a_password_that_is_not_there(desks, boxes, tmp_path):
    box = boxes(login=True)
    refused(desks(*box.settings(password_file=tmp_path / "nowhere")), box, "password_file")
