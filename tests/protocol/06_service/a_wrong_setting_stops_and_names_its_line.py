"""File, environment and command line; `config check` says the same without starting anything."""


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
