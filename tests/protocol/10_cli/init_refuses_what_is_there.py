def test_init_twice(house):
    again = house.command("init", check=False)
    assert again.returncode == 1
    assert "there is a database" in again.stderr


def test_company_exists_from_the_beginning(house):
    assert house.command("group", "list").stdout.startswith("company\t")
