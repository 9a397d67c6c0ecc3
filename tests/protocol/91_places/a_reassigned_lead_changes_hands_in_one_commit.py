"""Whoever takes a lead has it at the next sync; whoever had it is told of its end by the same number."""
import pytest

from dav import card
from places import hrefs

ANN, CARLA, COMPANY = "/addressbooks/ann/leads/", "/addressbooks/carla/leads/", "/addressbooks/company/leads/"


@pytest.fixture
def taken(lead):
    """Where carla will have it."""
    return f"{CARLA}taken-{lead}.vcf"


def take(people, uid):
    """The manager of the team puts it among her own."""
    done = people.carla.put_card(f"{CARLA}taken-{uid}.vcf", card(uid, f"Lead {uid}"))
    assert done.status in (201, 204), done.text


def test_one_loses_it_and_the_other_has_it(people, lead, taken):
    old, new = people.ann.sync(ANN).sync_token(), people.carla.sync(CARLA).sync_token()
    take(people, lead)
    gone, come = people.ann.sync(ANN, old), people.carla.sync(CARLA, new)
    assert hrefs(gone) == {f"{ANN}{lead}.vcf": 404}
    assert hrefs(come) == {taken: None}
    assert not hrefs(people.ann.sync(ANN, gone.sync_token()))
    assert not hrefs(people.carla.sync(CARLA, come.sync_token()))


def test_the_tags_of_both_collections_move(people, lead):
    def tags():
        return [people.ann.propfind(ANN, "CS:getctag").text, people.carla.propfind(CARLA, "CS:getctag").text]
    before = tags()
    take(people, lead)
    after = tags()
    assert before[0] != after[0] and before[1] != after[1]


def test_a_fresh_sync_has_no_ghost(people, lead, taken):
    take(people, lead)
    assert f"{ANN}{lead}.vcf" not in hrefs(people.ann.sync(ANN))
    assert taken in hrefs(people.carla.sync(CARLA))


def test_the_record_stays_the_same_at_home(people, lead, taken):
    before = people.lea("GET", f"{COMPANY}{lead}.vcf")
    assert before.status == 200
    take(people, lead)
    after = people.lea("GET", f"{COMPANY}{lead}.vcf")
    assert after.status == 200 and after.etag == people.carla("GET", taken).etag


def test_the_old_phones_edit_changes_nothing_and_learns_nothing(people, lead, taken):
    path = f"{ANN}{lead}.vcf"
    seen = people.ann("GET", path)
    edited = seen.text.replace("END:VCARD", "TITLE:Chefin\r\nEND:VCARD")
    take(people, lead)
    before = people.carla("GET", taken)
    assert people.ann("GET", path).status == 404
    assert people.ann.put_card(path, edited, If_Match=seen.etag).status == 412
    assert people.ann("DELETE", path).status == 404
    # Nor under another name, nor without a condition: it is somebody else's now.
    again = people.ann.put_card(ANN + "other.vcf", edited)
    assert again.status in (403, 409), again.text
    assert "Chefin" not in again.text and "carla" not in again.text
    after = people.carla("GET", taken)
    assert (after.text, after.etag) == (before.text, before.etag)
    assert not [h for h in hrefs(people.ann.sync(ANN)) if lead in h or "other" in h]


def test_what_comes_back_is_told_again(people, lead, taken):
    take(people, lead)
    token = people.ann.sync(ANN).sync_token()
    # Left, it waits in the queue of its team; a manager gives it to herself and leaves it again.
    assert people.carla("DELETE", taken).status == 204
    assert taken not in hrefs(people.carla.sync(CARLA))
    assert not hrefs(people.ann.sync(ANN, token))
