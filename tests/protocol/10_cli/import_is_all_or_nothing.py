import pytest

HEADER = "kind,name,display_name,emails,password,roles,member_of,manager_of\n"


def run(house, text, check=False):
    path = house.dir / "people.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return house.command("principal", "import", str(path), check=check)


def everybody(house):
    return house.command("principal", "list").stdout


@pytest.mark.parametrize("row, line", [
    ("person,x,,,,,,", 3),
    ("user,a/b,,,,,,", 3),
    ("user,,,,,,,", 3),
    ("user,x,,not-an-address,,,,", 3),
    ("user,x,,,,Not A Role,,", 3),
    ("user,x,,,,,nogroup,", 3),
    ("user,x,,,,,ann,", 3),
    ("user,ANN,,,,,,", 3),
    ("user,x,,ann@example.com,,,,", 3),
    ("user,x", 3),
    ('user,"x', 3),
    ('user,x"y,,,,,,', 3),
    ("group,x,,,,,y,\ngroup,y,,,,,x,", 3),
])
def test_a_bad_row_names_its_line(house, row, line):
    before = everybody(house)
    done = run(house, HEADER + "user,ann,Ann,ann@example.com,,,,\n" + row + "\n")
    assert done.returncode == 1
    assert f"line {line}" in done.stderr
    assert everybody(house) == before


def test_the_header_is_checked(house):
    done = run(house, "name,kind\nuser,x\n")
    assert done.returncode == 1 and "line 1" in done.stderr


def test_bytes_that_are_no_text(house):
    assert run(house, HEADER.encode() + b"user,\xff,,,,,,\n").returncode == 1
    assert run(house, b"").returncode == 1


def test_quotes_breaks_and_semicolons(house):
    run(house, '\ufeff' + HEADER.replace("\n", "\r\n") +
        'user,ann,"Ann ""the first""\r\nLine, two",a@x.example; b@x.example ,pw,admin,team,\r\n\r\ngroup,team,,,,,,ann',
        check=False)
    assert 'team' not in everybody(house)  # a group cannot manage what is no group
    done = run(house, '\ufeff' + HEADER.replace("\n", "\r\n") +
               'user,ann,"Ann ""the first"", second",a@x.example; b@x.example ,pw,admin,team,team\r\n\r\ngroup,team,,,,,,',
               check=True)
    assert done.stdout == "2 added, 0 changed\n"
    assert 'user\tann\tAnn "the first", second\ta@x.example;b@x.example\tadmin\n' in everybody(house)
    assert house.command("group", "member", "list", "team").stdout.startswith("ann\t")
    assert house.command("group", "manager", "list", "team").stdout.startswith("ann\t")


def test_again_it_updates(house):
    run(house, HEADER + "group,team,,,,,,\nuser,ann,Ann,a@x.example,pw,admin,team,\n", check=True)
    done = run(house, HEADER + "user,Ann,Anna,b@x.example,,,,\nuser,ben,,,,,,\n", check=True)
    assert done.stdout == "1 added, 1 changed\n"
    assert "user\tAnn\tAnna\tb@x.example\t\n" in everybody(house)
    assert house.command("group", "member", "list", "team").stdout == ""


def test_a_kind_does_not_change(house):
    run(house, HEADER + "group,team,,,,,,\n", check=True)
    done = run(house, HEADER + "user,team,,,,,,\n")
    assert done.returncode == 1 and "line 2" in done.stderr
