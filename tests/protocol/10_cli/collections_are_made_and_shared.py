def test_sharing(own_server):
    own_server.command("collection", "add", "ann/plan", "--display-name", "Plan <1>")
    ben = own_server.client("ben")
    assert ben.propfind("/calendars/ann/plan/", "D:displayname").status == 404
    own_server.command("collection", "share", "ann/plan", "sales", "read")
    answer = ben.propfind("/calendars/ann/plan/", "D:displayname")
    assert answer.responses()["/calendars/ann/plan/"]["props"]["D:displayname"].text == "Plan <1>"
    own_server.command("collection", "share", "ann/plan", "sales", "none")
    assert ben.propfind("/calendars/ann/plan/", "D:displayname").status == 404


def test_remove(own_server):
    own_server.command("collection", "add", "ann/plan", "--type", "addressbook")
    assert "addressbooks/ann/plan" in own_server.command("collection", "list", "ann").stdout
    assert own_server.command("collection", "add", "ann/plan", "--type", "addressbook", check=False).returncode == 1
    own_server.command("collection", "remove", "ann/plan")
    assert "plan" not in own_server.command("collection", "list", "ann").stdout
    assert own_server.command("collection", "remove", "ann/plan", check=False).returncode == 1
