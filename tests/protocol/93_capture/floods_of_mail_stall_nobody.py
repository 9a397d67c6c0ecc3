"""LMTP: who opens too many connections is told to come later; lines, recipients and heads are bounded;
who says nothing keeps nobody from being heard over HTTP."""
import smtplib
import socket
import time

import requests

from strangers import message


def connect(lmtp):
    raw = socket.create_connection(("127.0.0.1", lmtp.lmtp), timeout=20)
    return raw, raw.makefile("rb")


def close(raw, said):
    said.close()
    raw.close()


def test_connections(lmtp):
    open_ = [connect(lmtp) for _ in range(8)]
    try:
        assert all(said.readline().startswith(b"220") for _, said in open_)
        late, said = connect(lmtp)
        assert said.readline().startswith(b"421"), "later"
        close(late, said)
        began = time.monotonic()
        assert requests.get(lmtp.url + "/readyz", timeout=20).status_code == 200
        assert time.monotonic() - began < 5
    finally:
        for one in open_:
            close(*one)
    for _ in range(100):
        raw, said = connect(lmtp)
        line = said.readline()
        close(raw, said)
        if line.startswith(b"220"):
            return
        time.sleep(0.1)
    raise AssertionError("it takes nobody any more")


def test_recipients(lmtp):
    with smtplib.LMTP("127.0.0.1", lmtp.lmtp) as client:
        assert client.docmd("LHLO", "x")[0] == 250
        assert client.docmd("MAIL", "FROM:<a@x.example>")[0] == 250
        said = [client.docmd("RCPT", f"TO:<support+{i}@example.com>")[0] for i in range(130)]
        assert said[:100] == [250] * 100 and set(said[100:]) == {452}


def test_a_line_without_end(lmtp):
    raw, said = connect(lmtp)
    assert said.readline().startswith(b"220")
    try:
        for _ in range(64):
            raw.sendall(b"x" * 65536)
        raw.sendall(b"\r\nNOOP\r\n")
        assert said.readline().startswith(b"500") and said.readline().startswith(b"250")
    except (BrokenPipeError, ConnectionResetError):
        pass  # cut off is as good
    close(raw, said)


def test_heads_and_parts_by_the_thousand(lmtp):
    heads = b"From: a@x.example\r\nTo: support@example.com\r\nSubject: s\r\nMessage-ID: <heads@x.example>\r\n"
    heads += b"".join(b"X-%d: y\r\n" % i for i in range(1000))
    parts = (b"From: a@x.example\r\nSubject: s\r\nMIME-Version: 1.0\r\nMessage-ID: <parts@x.example>\r\n" +
             b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(300)))
    began = time.monotonic()
    with smtplib.LMTP("127.0.0.1", lmtp.lmtp) as client:
        for body in (heads + b"\r\nHelp\r\n", parts):
            assert client.docmd("LHLO", "x")[0] == 250
            assert client.docmd("MAIL", "FROM:<a@x.example>")[0] == 250
            assert client.docmd("RCPT", "TO:<support@example.com>")[0] == 250
            assert client.data(body)[0] in (250, 554)
    assert time.monotonic() - began < 15
    assert lmtp.capture(message("b@x.example", "support@example.com", "After", "all"), "--to", "support@example.com") == "case"


def test_a_mail_that_is_not_ended_is_none(lmtp):
    raw, said = connect(lmtp)
    for words in (b"", b"LHLO x\r\n", b"MAIL FROM:<a@x.example>\r\n", b"RCPT TO:<support@example.com>\r\n", b"DATA\r\n"):
        raw.sendall(words)
        line = said.readline()
        while line[3:4] == b"-":
            line = said.readline()
        assert line[:1] in b"23", line
    raw.sendall(b"From: a@x.example\r\nSubject: half\r\n\r\nhalf a mail\r\n")
    close(raw, said)
    time.sleep(0.5)
    assert lmtp.cases() == []
