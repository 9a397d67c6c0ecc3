import pytest

from dav import Server, card

LEADS = "/addressbooks/ann/leads/"


@pytest.fixture
def guarded():
    one = Server(("crm.pause_deletes=3",)).start()
    one.command("user", "change", "ann", "--role", "sales")
    yield one
    one.remove()


def make(ann, count):
    for i in range(count):
        assert ann.put_card(f"{LEADS}{i}.vcf", card(f"lead-{i}", f"Lead {i}")).status == 201


def test_it_reads_but_changes_nothing_until_it_is_let_go(guarded):
    words = guarded.command("user", "app-password", "add", "ann", "phone").stdout.strip().split()[-1]
    phone, ann = guarded.client("ann", words), guarded.client("ann")
    make(ann, 5)
    for i in range(3):
        assert phone("DELETE", f"{LEADS}{i}.vcf").status == 204
    refused = phone("DELETE", f"{LEADS}3.vcf")
    assert refused.status == 403 and refused.condition() == "D:need-privileges"
    assert phone.put_card(f"{LEADS}9.vcf", card("lead-9", "Nine")).status == 403
    assert phone("GET", f"{LEADS}3.vcf").status == 200, "it may read on"
    assert ann("DELETE", f"{LEADS}3.vcf").status == 204, "others of its owner go on"


def test_emptying_fields_counts_too(guarded):
    ann = guarded.client("ann")
    full = "TEL;TYPE=WORK:+49 30 1234567\r\nNOTE:Likes tea\r\n"
    for i in range(4):
        assert ann.put_card(f"{LEADS}{i}.vcf", card(f"lead-{i}", f"Lead {i}", full)).status == 201
    for i in range(3):
        etag = ann("GET", f"{LEADS}{i}.vcf").etag
        assert ann.put_card(f"{LEADS}{i}.vcf", card(f"lead-{i}", f"Lead {i}"), If_Match=etag).status == 204
    etag = ann("GET", f"{LEADS}3.vcf").etag
    assert ann.put_card(f"{LEADS}3.vcf", card("lead-3", "Lead 3"), If_Match=etag).status == 403
