"""addressbook-query: match types, negation, accents kept apart as RFC 6352 says, and a limit."""
from dav import card, xml_doc


def ask(ann, book, inside, limit=""):
    return ann.report(book, xml_doc(
        "CR:addressbook-query", "<D:prop><D:getetag/><CR:address-data/></D:prop>"
        f"<CR:filter>{inside}</CR:filter>{limit}"))


def match(name, text, how="contains", more=""):
    return (f'<CR:prop-filter name="{name}"><CR:text-match match-type="{how}" {more}>{text}'
            "</CR:text-match></CR:prop-filter>")


def it_finds(ann, book):
    names = ["M\u00fcller", "Mueller", "Schmidt", "Nguy\u1ec5n", "\u7530\u4e2d"]
    for i, name in enumerate(names):
        assert ann.put_card(f"{book}{i}.vcf", card(f"u{i}", name, f"EMAIL:p{i}@example.com\r\n")).status == 201

    def found(*args, **kw):
        return {h[len(book):] for h in ask(ann, book, *args, **kw).responses()}

    assert found(match("FN", "M\u00dcLL")) == {"0.vcf"}
    assert found(match("FN", "M", "starts-with")) == {"0.vcf", "1.vcf"}
    assert found(match("FN", "midt", "ends-with")) == {"2.vcf"}
    assert found(match("FN", "\u7530\u4e2d", "equals")) == {"4.vcf"}
    assert found(match("EMAIL", "p3@")) == {"3.vcf"}
    assert found(match("FN", "l", more='negate-condition="yes"')) == {"2.vcf", "3.vcf", "4.vcf"}
    assert found(match("FN", "zzz")) == set()
    answer = ask(ann, book, match("EMAIL", "example"), "<CR:limit><CR:nresults>2</CR:nresults></CR:limit>")
    got = answer.responses()
    assert got[book]["status"] == 507 and len(got) == 3
    bad = ask(ann, book, match("FN", "x", more='collation="i;nonsense"'))
    assert bad.status == 403 and bad.condition() == "CR:supported-collation"


def what_changes_is_found_at_once(ann, book):
    """Keys are kept in memory between questions."""
    def found(text):
        return {h[len(book):] for _ in range(3) for h in ask(ann, book, match("FN", text)).responses()}

    for i in range(20):
        assert ann.put_card(f"{book}{i}.vcf", card(f"u{i}", f"Person {i}")).status == 201
    assert found("person 1") == {"1.vcf"} | {f"1{i}.vcf" for i in range(10)}
    ann.put_card(f"{book}new.vcf", card("new", "Person 1000"))
    assert found("person 100") == {"new.vcf"}
    ann.put_card(f"{book}new.vcf", card("new", "Somebody"))
    assert found("person 100") == set() and found("some") == {"new.vcf"}
    assert ann("MOVE", f"{book}new.vcf", Destination=f"{ann.url}{book}moved.vcf").status == 201
    assert found("some") == {"moved.vcf"}
    assert ann("DELETE", f"{book}moved.vcf").status == 204
    assert found("some") == set()
