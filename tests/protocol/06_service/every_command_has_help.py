"""`kontor --help` lists them; each says how it is used; a misspelt one points there."""


def test_it(service):
    words = service.run("--help").stdout.split("Commands:\n")[1].split("\n\n")[0]
    commands = [line.split()[0] for line in words.splitlines()]
    assert {"init", "serve", "config"} <= set(commands)
    for command in commands:
        done = service.run(command, "--help")
        assert done.returncode == 0 and f"Usage: kontor {command}" in done.stdout
    done = service.run("sevre")
    assert done.returncode == 2 and "there is no command" in done.stderr
    assert service.run("--version").stdout.startswith("kontor ")
