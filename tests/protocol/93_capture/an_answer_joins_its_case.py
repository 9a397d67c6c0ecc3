import re

from api import Api
from strangers import message


def test_by_its_number_from_who_is_known_to_it(mailed):
    first = message("ada@acme.example", "support@example.com", "Printer down", "Help")
    assert mailed.capture(first) == "case"
    number = re.search(r"\[#(\d+)\]", mailed.cases()[0])[1]
    stranger = message("eve@evil.example", "support@example.com", f"Re: [#{number}] Printer down", "Me too")
    assert mailed.capture(stranger) == "case", "a number alone opens no thread to strangers"
    assert len(mailed.cases()) == 2


def only_case(mailed):
    root = Api(mailed, "root")
    (one,) = root("GET", "/cases").json["items"]
    return root, root("GET", f"/cases/{one['id']}").json


def talk(root, case):
    items = root("GET", f"/cases/{case['id']}/timeline").json["items"]
    return [(item["direction"], item["text"].strip()) for item in items if item["noun"] == "notes"]


def test_by_its_number_from_who_began_it(mailed):
    assert mailed.capture(message("ada@acme.example", "support@example.com", "Printer down", "Help")) == "case"
    root, case = only_case(mailed)
    assert case["sender"] == "ada@acme.example"
    again = message("Ada <ADA@acme.example>", "support@example.com", f"Re: [#{case['number']}] Printer", "Well?")
    assert mailed.capture(again) == "note"
    assert talk(root, case) == [("in", "Well?")]


def test_by_its_address_from_anybody(mailed):
    assert mailed.capture(message("ada@acme.example", "support@example.com", "Printer down", "Help")) == "case"
    root, case = only_case(mailed)
    address = case["reply_to"]
    assert address.startswith(f"support+c{case['number']}.") and address.endswith("@example.com")
    etag = f'"{case["etag"]}"'
    assert root("PATCH", f"/cases/{case['id']}", {"status": "Pending"}, If_Match=etag).status == 200
    stranger = message("bob@elsewhere.example", address.upper(), "A thought", "Turn it on")
    assert mailed.capture(stranger) == "note"
    assert talk(root, case) == [("in", "Turn it on")]
    assert only_case(mailed)[1]["status"] == "Working", "what waited goes on"
    name, rest = address.split("+", 1)
    number, token = rest.split("@")[0].split(".")
    for wrong in (f"{name}+{number}.{token[::-1]}x@example.com", f"{name}+{number}@example.com",
                  f"{name}+c999.{token}@example.com", f"{name}+c-1.{token}@example.com"):
        assert mailed.capture(message("eve@evil.example", wrong, "Guess", "In?")) == "case", wrong
    assert talk(root, case) == [("in", "Turn it on")]


def test_a_copy_of_what_a_colleague_wrote_is_an_answer_of_ours(mailed):
    assert mailed.capture(message("ada@acme.example", "support@example.com", "Printer down", "Help")) == "case"
    root, case = only_case(mailed)
    assert "first_responded_at" not in case
    ours = message("Ann <ann@example.com>", "ada@acme.example", "Re: Printer", "We come.", Cc=case["reply_to"])
    assert mailed.capture(ours) == "note"
    assert talk(root, case) == [("out", "We come.")]
    assert only_case(mailed)[1]["first_responded_at"]


def test_no_address_is_told_where_no_mail_is_taken(server):
    root = Api(server, "root")
    one = root("POST", "/cases", {"subject": "Printer down"}).json
    assert "reply_to" not in root("GET", f"/cases/{one['id']}").json
