import re

from conftest import message


def test_by_its_number_from_who_is_known_to_it(mailed):
    first = message("ada@acme.example", "support@example.com", "Printer down", "Help")
    assert mailed.capture(first) == "case"
    number = re.search(r"\[#(\d+)\]", mailed.cases()[0])[1]
    stranger = message("eve@evil.example", "support@example.com", f"Re: [#{number}] Printer down", "Me too")
    assert mailed.capture(stranger) == "case", "a number alone opens no thread to strangers"
    assert len(mailed.cases()) == 2
