from api import Api


def test_changed_everywhere_at_once(own_server):
    api, other = Api(own_server, "ann"), Api(own_server, "ann")
    before = api.session.cookies["kontor_session"]
    assert api("POST", "/me/password", {"old": "wrong-secret", "new": "new-secret"}).json["field"] == "old"
    assert api("POST", "/me/password", {"old": "ann-secret", "new": "short"}).json["field"] == "new"
    assert api("POST", "/me/password", {"old": "ann-secret"}).json["field"] == "new"
    reply = api("POST", "/me/password", {"old": "ann-secret", "new": "new-secret"})
    assert reply.status == 200 and api.session.cookies["kontor_session"] != before
    assert api("GET", "/me").status == 200
    assert other("GET", "/me").status == 401
    assert own_server.client("ann", "ann-secret").propfind("/", "D:displayname").status == 401
    assert own_server.client("ann", "new-secret").propfind("/", "D:displayname").status == 207
    assert Api(own_server).sign_in("ann", "new-secret").status == 200


def test_a_devices_password_is_not_the_old_one(own_server):
    secret = own_server.command("user", "app-password", "add", "ann", "phone").stdout.strip()
    api = Api(own_server, "ann")
    assert api("POST", "/me/password", {"old": secret, "new": "new-secret"}).json["field"] == "old"


def test_programs_get_no_session(own_server):
    api = Api(own_server, "ann", basic=True)
    assert api("POST", "/me/password", {"old": "ann-secret", "new": "new-secret"}).status == 204
    assert api("GET", "/me").status == 401


def test_guesses_are_slowed(own_server):
    api = Api(own_server, "ann")
    seen = {api("POST", "/me/password", {"old": f"guess-{i}", "new": "new-secret"}).status for i in range(6)}
    assert seen == {422, 429}
