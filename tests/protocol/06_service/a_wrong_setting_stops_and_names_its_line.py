"""File, environment and command line; `config check` says the same without starting anything."""
import pytest


def test_it(service):
    conf = service.path / "kontor.conf"
    conf.write_text("[server]\nlisten = 127.0.0.1:1\n\nthreads = many\n")
    for words in (["serve"], ["config", "check"]):
        done = service.run(*words, "--config", str(conf))
        assert done.returncode == 1
        assert "kontor.conf:4: server.threads wants a number" in done.stderr
    done = service.run("config", "check", KONTOR_SERVER_THREDS="2")
    assert done.returncode == 1 and "KONTOR_SERVER_THREDS" in done.stderr
    done = service.run("config", "check", "--set", "server.threads=1000")
    assert done.returncode == 1 and "lies between 1 and 64" in done.stderr
    assert service.run("config", "check").returncode == 0


def test_origins_are_shown(service):
    done = service.run("config", "show", "--origin", "--set", "server.threads=3", KONTOR_LOGIN_REALM="Here")
    assert "server.threads = 3    # --set" in done.stdout
    assert "login.realm = Here    # KONTOR_LOGIN_REALM" in done.stdout
    assert "log.level = info    # preset" in done.stdout


@pytest.mark.parametrize("section, key, value", [
    ("crm", "time_zone", "Nowhere/Land"), ("crm", "time_zone", ""), ("crm", "currency", "euros"),
    ("crm", "business_hours", "always"), ("crm", "business_hours", ""), ("login", "ldap", "ldap.example.com"),
    ("server", "listen", "somewhere"), ("server", "listen", "127.0.0.1:80800"), ("server", "admin_listen", "9"),
    ("server", "trusted_proxies", "proxy.example.com"), ("capture", "lmtp", "here"), ("log", "level", "loud"),
])
def test_texts_that_mean_nothing_are_wrong_too(service, section, key, value):
    conf = service.path / "texts.conf"
    conf.write_text(f"[{section}]\n\n{key} = {value}\n")
    done = service.run("config", "check", "--config", str(conf))
    assert done.returncode == 1 and f"texts.conf:3: {section}.{key}" in done.stderr, done.stderr
    done = service.run("config", "check", **{f"KONTOR_{section}_{key}".upper(): value})
    assert done.returncode == 1 and f"KONTOR_{section}_{key}".upper() in done.stderr


def test_texts_that_mean_something_are_right(service):
    conf = service.path / "texts.conf"
    conf.write_text("[crm]\ntime_zone = Asia/Ho_Chi_Minh\ncurrency = VND\n"
                    "business_hours = Mo-Th 08:00-12:00 13:00-17:00, Fr 08:00-12:00\n"
                    "[login]\nldap = ldaps://ldap.example.com\n"
                    "[server]\nlisten = [::1]:8008 https://127.0.0.1:8443 unix:/run/kontor/socket\n"
                    "trusted_proxies = 10.0.0.0/8 ::1\n")
    done = service.run("config", "check", "--config", str(conf))
    assert done.returncode == 0, done.stderr
