import pytest

from dav import Server


@pytest.fixture(scope="module")
def demo():
    one = Server(people=None, make="demo").start()
    yield one
    one.remove()


def test_its_people_sign_in(demo):
    for name in ("ann", "ben", "carla", "dora", "admin"):
        answer = demo.client(name, "kontor").propfind(f"/calendars/{name}/", "D:displayname", depth=1)
        assert answer.status == 207
        assert f"/calendars/{name}/calendar/" in answer.responses()


def test_colleagues_see_what_is_shared(demo):
    assert demo.client("ben", "kontor").propfind("/calendars/dora/team/", "D:displayname").status == 207
    assert demo.client("emil", "kontor").propfind("/calendars/ann/privat/", "D:displayname").status == 404


def test_it_is_whole(demo):
    assert demo.command("fsck").stdout == "Everything is in order.\n"
    book = demo.command("export", "dora/customers").stdout
    assert book.count("BEGIN:VCARD") > 10 and "田中" in book and "Nguyễn" in book
