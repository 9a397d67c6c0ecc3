def names(house):
    return [line.split("\t")[0] for line in house.command("user", "list").stdout.splitlines()]


def test_life_of_a_user(house):
    house.command("user", "add", "zoë", "--display-name", "Zoë Ö.", "--email", "zoe@example.com",
                  "--email", "z@example.com", "--role", "admin", "--password-stdin", stdin="geheim\n")
    assert house.command("user", "list").stdout == "zoë\tZoë Ö.\tzoe@example.com;z@example.com\tadmin\n"
    house.command("user", "change", "zoë", "--email", "new@example.com", "--role", "")
    assert house.command("user", "list").stdout == "zoë\tZoë Ö.\tnew@example.com\t\n"
    house.command("user", "remove", "ZOË")
    assert names(house) == []


def test_names_are_one_space(house):
    house.command("user", "add", "ann")
    again = house.command("group", "add", "ANN", check=False)
    assert again.returncode == 1 and "taken" in again.stderr


def test_bad_words_are_refused(house):
    for words in (["a/b"], [".."], ["a", "--email", "nobody"], ["a", "--role", "A B"], ["-x"], []):
        done = house.command("user", "add", *words, check=False)
        assert done.returncode in (1, 2), words
    assert names(house) == []


def test_an_address_belongs_to_one(house):
    house.command("user", "add", "ann", "--email", "a@example.com")
    assert house.command("user", "add", "ben", "--email", "A@example.com", check=False).returncode == 1
    assert names(house) == ["ann"]


def test_removing_who_is_not_there(house):
    done = house.command("user", "remove", "nobody", check=False)
    assert done.returncode == 1 and "nobody" in done.stderr
