"""Names come back as they were given, byte by byte: composed or decomposed, with blanks, signs and percent signs, up to 255 bytes."""
import unicodedata
from urllib.parse import quote, unquote

import pytest

FOLDER = "/files/ann/names/"


@pytest.fixture
def folder(ann):
    assert ann("MKCOL", FOLDER).status == 201
    yield FOLDER
    assert ann("DELETE", FOLDER).status == 204


def listed(ann, folder):
    """The names as PROPFIND tells them."""
    return {unquote(href[len(folder):]) for href in ann.propfind(folder, "D:getetag", depth=1).responses()} - {""}


@pytest.mark.parametrize("name", [
    "two words", " begins and ends ", "a+b", "100%", "%41", "q?x", "h#x", "semi;x=1", "'single'", '"double"', "<lt>&amp;", "back\\slash",
    "con", ".hidden", "...", "a:b", "~t", "[b]{c}|d^e`f", "\U0001f600", "\u65e5\u672c\u8a9e", "x" * 255, "\u20ac" * 85, "a,b", "a=b", "$1", "!*()"])
def test_it_comes_back(ann, folder, name):
    path = folder + quote(name, safe="")
    assert ann("PUT", path, name.encode()).status == 201
    assert ann("GET", path).body == name.encode()
    assert listed(ann, folder) == {name}
    href, = set(ann.propfind(folder, "D:getetag", depth=1).responses()) - {folder}
    assert ann("GET", href).body == name.encode()
    assert ann("MOVE", path, Destination=ann.url + href + "2" if len(name.encode()) < 255 else ann.url + folder + "short").status == 201
    assert ann("GET", path).status == 404


def test_composed_and_decomposed_are_two(ann, folder):
    composed, decomposed = (unicodedata.normalize(form, "Gr\u00fc\u00dfe.txt") for form in ("NFC", "NFD"))
    for name in (composed, decomposed):
        assert ann("PUT", folder + quote(name), name.encode()).status == 201
    assert listed(ann, folder) == {composed, decomposed}
    for name in (composed, decomposed):
        assert ann("GET", folder + quote(name)).body == name.encode()


def test_every_way_to_encode_a_name_is_the_same(ann, folder):
    assert ann("PUT", folder + "a-b.txt", b"1").status == 201
    for way in ("a-b.txt", "%61-b.txt", "a%2db%2Etxt", "a%2Db.txt", "".join(f"%{b:02x}" for b in b"a-b.txt")):
        assert ann("PUT", folder + way, b"2").status == 204, way
    assert listed(ann, folder) == {"a-b.txt"}


@pytest.mark.parametrize("name, status", [
    ("a%2Fb", 400), ("a%2fb", 400), ("%00", 400), ("a%0Ab", 400), ("%FF", 400), ("%C0%AF", 400), ("%ED%A0%80", 400),
    ("x" * 256, 414), ("%E2%82%AC" * 86, 414)])
def test_what_no_name_may_be_is_refused(ann, folder, name, status):
    assert ann("PUT", folder + name, b"1").status == status
    assert listed(ann, folder) == set()
