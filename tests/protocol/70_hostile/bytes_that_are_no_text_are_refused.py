"""NUL, controls and broken UTF-8 in an object are refused; what XML cannot carry never breaks an answer."""
import pytest
from dav import card, event, xml_doc

BROKEN = [b"\x00", b"\x01", b"\x0b", b"\x1b", b"\x7f", b"\xff", b"\xc0\xaf", b"\xe2\x82", b"\xed\xa0\x80",
          b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\x80"]
ODD = ["\ufffe", "\uffff", "]]>", "<![CDATA[", "&#0;", "</D:href>", "\u2028", "\U0010ffff"]


def put(client, calendar, book, kind, name, word):
    if kind == "event":
        return client.put_event(f"{calendar}{name}", event(name).encode().replace(b"Meeting", b"a" + word + b"b"))
    return client.put_card(f"{book}{name}", card(name).encode().replace(b"FN:Karl", b"FN:a" + word + b"b"))


@pytest.mark.parametrize("kind", ["event", "card"])
def it_is_refused(ann, calendar, book, kind):
    for n, word in enumerate(BROKEN):
        answer = put(ann, calendar, book, kind, f"n{n}", word)
        assert answer.status == 403, word
        assert answer.condition() in ("C:valid-calendar-data", "CR:valid-address-data"), word
    assert not ann.sync(calendar).responses() and not ann.sync(book).responses()


@pytest.mark.parametrize("kind", ["event", "card"])
def it_never_breaks_an_answer(ann, calendar, book, kind):
    path, data = (calendar, "C:calendar-data") if kind == "event" else (book, "CR:address-data")
    stored = sum(put(ann, calendar, book, kind, f"n{n}", word.encode()).status == 201 for n, word in enumerate(ODD))
    assert stored >= 4
    answer = ann.sync(path, props=f"<D:getetag/><{data}/>")
    assert len(answer.responses()) == stored
    for entry in answer.responses().values():
        assert data in entry["props"]


def it_cannot_come_in_by_properties(ann, calendar):
    for word in ("&#x0;", "&#xb;", "&#xfffe;", "&#xd800;"):
        answer = ann("PROPPATCH", calendar, xml_doc(
            "D:propertyupdate", f"<D:set><D:prop><D:displayname>a{word}</D:displayname></D:prop></D:set>"),
            Content_Type="text/xml")
        assert answer.status == 400, word
    assert ann.propfind("/calendars/ann/", "D:displayname", depth=1).responses()
