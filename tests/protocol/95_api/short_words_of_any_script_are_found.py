"""One character is a word in some scripts, two are a name: they are found wherever they stand."""
from urllib.parse import quote

from conftest import made


def test_it(ann_):
    lead = made(ann_, "leads", name="田中 陽子", company="Östra Kök")
    other = made(ann_, "leads", name="陳 大文", company="Ngô & Lý")

    def found(words):
        return {item["id"] for item in ann_("GET", f"/search?q={quote(words)}").json["items"]}

    def listed(words):
        return {item["id"] for item in ann_("GET", f"/leads?f={quote('text:contains:' + words)}").json["items"]}

    for words in ("田中", "陽子", "陽", "子", "中 陽", "田中 kök", "kök 陽子", "ö"):
        assert lead in found(words), words
    for words in ("大文", "陳", "文", "ngô", "lý", "lý 大文"):
        assert other in found(words), words
        assert lead not in found(words), words
    for words in ("陽子", "陽", "田中 kök"):
        assert listed(words) == {lead}, words
    # % and _ are what they are.
    assert not found("陽_") and not found("%子")
