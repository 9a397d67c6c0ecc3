import smtplib
import socket

import pytest

from strangers import message


def test_a_mail_server_delivers_over_it(lmtp):
    with smtplib.LMTP("127.0.0.1", lmtp.lmtp) as client:
        mail = message("ada@acme.example", "support@example.com", "Printer down", ".leading dot\nHelp")
        client.sendmail("ada@acme.example", ["support@example.com"], mail.as_bytes())
    (body,) = lmtp.cases()
    assert "Printer down" in body and ".leading dot" in body and "..leading" not in body


def test_others_recipients_are_refused_at_once(lmtp):
    with smtplib.LMTP("127.0.0.1", lmtp.lmtp) as client:
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            client.sendmail("a@x.example", ["nobody@example.com"], b"Subject: x\r\n\r\nx\r\n")
        assert refused.value.recipients["nobody@example.com"][0] == 550


def test_what_is_too_large_is_refused_for_good(lmtp):
    big = b"From: a@x.example\r\nTo: support@example.com\r\n\r\n" + (b"y" * 70 + b"\r\n") * 600
    with smtplib.LMTP("127.0.0.1", lmtp.lmtp) as client:
        with pytest.raises(smtplib.SMTPSenderRefused) as refused:
            client.sendmail("a@x.example", ["support@example.com"], big)
        assert refused.value.smtp_code == 552, "its size was told beforehand"
        assert client.docmd("LHLO", "x")[0] == 250
        assert client.docmd("MAIL", "FROM:<a@x.example>")[0] == 250
        assert client.docmd("RCPT", "TO:<support@example.com>")[0] == 250
        assert client.data(big)[0] == 552, "and so it is where its size was not told"
    assert lmtp.cases() == []


def test_nonsense_is_answered_and_the_next_word_heard(lmtp):
    with socket.create_connection(("127.0.0.1", lmtp.lmtp), timeout=20) as raw:
        said = raw.makefile("rwb")

        def ask(words):
            said.write(words + b"\r\n")
            said.flush()
            return said.readline()

        assert said.readline().startswith(b"220")
        assert ask(b"HELO x").startswith(b"500")
        assert ask(b"MAIL FROM:<a@x.example>").startswith(b"503")
        assert ask(b"\x00\xff" * 9000).startswith(b"500")
        assert ask(b"NOOP").startswith(b"250")
        assert ask(b"QUIT").startswith(b"221")
