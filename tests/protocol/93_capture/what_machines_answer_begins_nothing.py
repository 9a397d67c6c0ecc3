"""Delivery reports and automatic answers join the case they are about, or are nothing (RFC 3834, RFC 3464, RFC 5321 4.5.5)."""
import smtplib

import pytest

from api import Api
from strangers import message

SUPPORT = "support@example.com"


def begin(mailed):
    """A customer's case that waits for them, and what the case says of itself."""
    first = message("ada@acme.example", SUPPORT, "Printer down", "Help")
    assert mailed.capture(first) == "case"
    root = Api(mailed, "root")
    (one,) = root("GET", "/cases").json["items"]
    case = root("GET", f"/cases/{one['id']}").json
    assert root("PATCH", f"/cases/{case['id']}", {"status": "Pending"}, If_Match=f'"{case["etag"]}"').status == 200
    return root, case, first["Message-ID"]


def has_gained(mailed, root, case, *notes):
    """The case still waits, is the only one, and has these notes; nobody became a lead."""
    assert len(mailed.cases()) == 1 and mailed.leads() == []
    now = root("GET", f"/cases/{case['id']}").json
    assert now["status"] == "Pending" and "first_responded_at" not in now
    items = root("GET", f"/cases/{case['id']}/timeline").json["items"]
    assert sorted(item["text"].strip() for item in items if item["noun"] == "notes") == sorted(notes)


def report(to, **headers):
    """A delivery report whose only sign is its type."""
    text = "Ada's mailbox is full"
    one = message("postmaster@acme.example", to, "Not delivered", text, **headers)
    del one["Content-Type"], one["Content-Transfer-Encoding"]
    one["Content-Type"] = 'multipart/report; report-type=delivery-status; boundary="part"'
    one.set_payload("--part\r\nContent-Type: text/plain\r\n\r\n" + text + "\r\n--part\r\n"
                    "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; acme.example\r\n\r\n--part--\r\n")
    return one


def test_a_delivery_report_begins_nothing_and_joins_the_case_it_is_sent_to(mailed):
    for to in (SUPPORT, "sales@example.com"):
        assert mailed.capture(report(to)) == "nothing", to
    root, case, _ = begin(mailed)
    assert mailed.capture(report(case["reply_to"])) == "note"
    has_gained(mailed, root, case, "Ada's mailbox is full")


@pytest.mark.parametrize("sign", [{"Auto_Submitted": "auto-generated"}, {"Precedence": "bulk"}])
def test_a_machine_that_answers_a_mail_of_a_case_joins_it(mailed, sign):
    """Another company's help desk says thank you for each of our answers, under a name of its own."""
    root, case, thread = begin(mailed)
    for n in range(3):
        thanks = message("desk@acme.example", SUPPORT, f"[Ticket {n}] received", f"Thank you {n}", In_Reply_To=thread, **sign)
        assert mailed.capture(thanks) == "note"
    has_gained(mailed, root, case, "Thank you 0", "Thank you 1", "Thank you 2")


def test_a_machine_that_answers_nothing_of_ours_may_be_an_alert(mailed):
    alert = message("disks@acme.example", SUPPORT, "Disk full", "sda1", Auto_Submitted="auto-generated",
                    In_Reply_To="<yesterday@acme.example>")
    assert mailed.capture(alert) == "case"


def test_a_mail_without_a_sender_begins_nothing(lmtp):
    with smtplib.LMTP("127.0.0.1", lmtp.lmtp) as client:
        for to in (SUPPORT, "sales@example.com"):
            plain = message("system@acme.example", to, "Away", "I am away")
            client.sendmail("", [to], plain.as_bytes())
        assert lmtp.cases() == [] and lmtp.leads() == []
        root, case, _ = begin(lmtp)
        away = message("ada@acme.example", case["reply_to"], "Away", "I am away")
        client.sendmail("", [case["reply_to"]], away.as_bytes())
    has_gained(lmtp, root, case, "I am away")
