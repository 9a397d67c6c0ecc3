import pytest


@pytest.fixture
def nested(house):
    for name in ("a", "b", "c"):
        house.command("group", "add", name)
    house.command("group", "member", "add", "a", "b")
    house.command("group", "member", "add", "b", "c")
    return house


def test_a_circle_is_refused(nested):
    done = nested.command("group", "member", "add", "c", "a", check=False)
    assert done.returncode == 1 and "in itself" in done.stderr
    assert nested.command("group", "member", "list", "c").stdout == ""


def test_a_circle_through_change_is_refused(nested):
    assert nested.command("group", "change", "a", "--member-of", "c", check=False).returncode == 1


def test_members_and_managers_come_and_go(nested):
    nested.command("user", "add", "ann")
    nested.command("group", "member", "add", "a", "ann")
    nested.command("group", "manager", "add", "a", "ann")
    assert nested.command("group", "member", "list", "a").stdout == "b\tb\nann\tann\n"
    assert nested.command("group", "manager", "list", "a").stdout == "ann\tann\n"
    nested.command("group", "member", "remove", "a", "ann", "b")
    assert nested.command("group", "member", "list", "a").stdout == ""


def test_everybody_is_in_company(nested):
    nested.command("user", "add", "ann")
    assert nested.command("group", "member", "list", "company").stdout == "ann\tann\n"
    assert nested.command("group", "remove", "company", check=False).returncode == 1
