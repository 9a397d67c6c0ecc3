"""/addressbooks/directory/ answers queries over whatever its asker may read; as an address book it is
empty and never changes (draft-daboo-carddav-directory-gateway)."""
import pytest

from dav import card, xml_doc

DIRECTORY = "/addressbooks/directory/"


def query(client, text, name="FN", limit=None, props="<CR:address-data/>"):
    wanted = f"<CR:limit><CR:nresults>{limit}</CR:nresults></CR:limit>" if limit else ""
    return client.report(DIRECTORY, xml_doc(
        "CR:addressbook-query",
        f'<D:prop><D:getetag/>{props}</D:prop><CR:filter><CR:prop-filter name="{name}">'
        f"<CR:text-match>{text}</CR:text-match></CR:prop-filter></CR:filter>{wanted}"))


def bodies(answer):
    assert answer.status == 207, answer.text
    return sorted(r["props"]["CR:address-data"].text.split("FN:")[1].split("\r\n")[0].strip()
                  for r in answer.responses().values() if "CR:address-data" in r["props"])


@pytest.fixture
def filled(ann, ben, book):
    """ann's book, and one card of ben's own."""
    for i in range(5):
        assert ann.put_card(f"{book}{i}.vcf", card(f"dir-{i}", f"Dora Direktorin {i}")).status == 201
    ben.put_card("/addressbooks/ben/contacts/own.vcf", card("dir-own", "Dora Direktorin Ben"))
    return book


def it_is_found_from_the_principal_and_the_home(ann):
    for path in ("/principals/users/ann/", "/addressbooks/ann/", "/addressbooks/ann/contacts/"):
        props = ann.propfind(path, "CR:directory-gateway").responses()[path]["props"]
        assert props["CR:directory-gateway"][0].text == DIRECTORY


def it_says_what_it_is(ann):
    answer = ann.propfind(DIRECTORY, "D:resourcetype", "D:sync-token", "D:displayname", "D:quota-used-bytes",
                          "D:current-user-privilege-set", "D:supported-report-set", "D:owner", "D:acl")
    props = answer.responses()[DIRECTORY]["props"]
    assert [e.tag.split("}")[1] for e in props["D:resourcetype"]] == ["collection", "addressbook", "directory"]
    assert "}write" not in answer.text and "bind" not in answer.text


def it_finds_what_its_asker_may_read(ann, ben, filled):
    assert len(bodies(query(ann, "direktorin"))) == 5
    assert bodies(query(ben, "direktorin")) == ["Dora Direktorin Ben"]
    ann("ACL", filled, xml_doc("D:acl", "<D:ace><D:principal><D:href>/principals/users/ben/</D:href>"
                               "</D:principal><D:grant><D:privilege><D:read/></D:privilege></D:grant></D:ace>"))
    assert len(bodies(query(ben, "direktorin"))) == 6


def it_lists_nothing(ann, filled):
    assert list(ann.propfind(DIRECTORY, "D:getetag", depth=1).responses()) == [DIRECTORY]
    first = ann.sync(DIRECTORY)
    assert first.status == 207 and not first.responses()
    ann.put_card(filled + "more.vcf", card("dir-more", "Dora Direktorin More"))
    again = ann.sync(DIRECTORY, first.sync_token())
    assert again.status == 207 and not again.responses() and again.sync_token() == first.sync_token()
    assert ann("GET", DIRECTORY + "?export").body == b""


def it_wants_some_text(ann, filled):
    nothing = ann.report(DIRECTORY, xml_doc("CR:addressbook-query", "<D:prop><D:getetag/></D:prop>"))
    assert nothing.status == 403 and nothing.condition() == "CR:supported-filter"
    empty = query(ann, "")
    assert empty.status == 403 and empty.condition() == "CR:supported-filter"
    negated = ann.report(DIRECTORY, xml_doc(
        "CR:addressbook-query", '<D:prop><D:getetag/></D:prop><CR:filter><CR:prop-filter name="FN">'
        '<CR:text-match negate-condition="yes">zzz</CR:text-match></CR:prop-filter></CR:filter>'))
    assert negated.status == 403


def it_obeys_a_limit(ann, filled):
    answer = query(ann, "direktorin", limit=2)
    assert len(bodies(answer)) == 2
    assert answer.responses()[DIRECTORY]["status"] == 507


def it_answers_with_what_can_be_read_and_not_written(ann, ben, filled):
    ann.put_card(filled + "one.vcf", card("dir-one", "Dora Einmalig"))
    href = next(iter(query(ann, "einmalig").responses()))
    assert href.startswith(DIRECTORY)
    got = ann("GET", href)
    assert got.status == 200 and b"Dora" in got.body
    many = ann.report(DIRECTORY, xml_doc(
        "CR:addressbook-multiget", f"<D:prop><CR:address-data/></D:prop><D:href>{href}</D:href>"
        f"<D:href>{DIRECTORY}999999.vcf</D:href>"))
    assert "CR:address-data" in many.responses()[href]["props"]
    assert many.responses()[DIRECTORY + "999999.vcf"]["status"] == 404
    assert ann.put_card(href, card("dir-one", "Changed")).status == 403
    assert ann("DELETE", href).status == 403
    assert ann("PROPPATCH", href, xml_doc("D:propertyupdate", "<D:set><D:prop><D:displayname>x</D:displayname>"
                                          "</D:prop></D:set>")).status in (403, 207)
    assert ann.put_card(DIRECTORY + "new.vcf", card("dir-new")).status == 403
    assert ben("GET", href).status == 404
    assert ann("DELETE", DIRECTORY).status == 403


def it_leaves_its_name_to_nobody(server):
    done = server.command("user", "add", "Directory", check=False)
    assert done.returncode == 1 and "taken" in done.stderr


