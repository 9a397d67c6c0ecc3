import time


def test_made_used_seen_revoked(own_server):
    secret = own_server.command("user", "app-password", "add", "ann", "My phone").stdout.strip()
    assert len(secret.replace("-", "")) == 28
    phone = own_server.client("ann", secret)
    phone.session.headers["User-Agent"] = "DAVx5/4.4"
    assert phone.propfind("/calendars/ann/", "D:displayname").status == 207
    phone.session.auth = (b"ann@example.com", secret.upper().replace("-", " ").encode())
    assert phone.propfind("/calendars/ann/", "D:displayname").status == 207
    assert own_server.client("ben", secret).propfind("/calendars/ben/", "D:displayname").status == 401
    for _ in range(50):
        listed = own_server.command("user", "app-password", "list", "ann").stdout
        if "DAVx5" in listed:
            break
        time.sleep(0.1)
    number, label, _, seen, client = listed.rstrip("\n").split("\t")
    assert (label, client) == ("My phone", "DAVx5/4.4") and seen.startswith("20")
    assert own_server.command("user", "app-password", "revoke", "ben", number, check=False).returncode == 1
    assert phone.propfind("/calendars/ann/", "D:displayname").status == 207
    own_server.command("user", "app-password", "revoke", "ann", number)
    assert phone.propfind("/calendars/ann/", "D:displayname").status == 401
    assert own_server.client("ann").propfind("/calendars/ann/", "D:displayname").status == 207


def test_only_a_digest_is_stored(own_server):
    secret = own_server.command("user", "app-password", "add", "ann", "x").stdout.strip()
    plain = secret.replace("-", "").encode()
    own_server.stop()
    if own_server.database:
        return
    for path in own_server.data.rglob("*"):
        if path.is_file():
            assert plain not in path.read_bytes() and secret.encode() not in path.read_bytes()
