import re
import subprocess

from dav import BINARY, TOP

COMMANDS = ("init", "serve", "user", "group", "principal", "collection", "import", "export", "backup",
            "restore", "fsck", "reindex", "demo", "config", "capture", "mail")


def run(*words):
    return subprocess.run([BINARY, *words], capture_output=True, text=True, check=False,
                          env={"KONTOR_CONFIG": "/dev/null"})


def test_help_names_them_all():
    listed = re.findall(r"^  (\w+) ", run("--help").stdout, re.M)
    assert set(COMMANDS) <= set(listed)
    for name in listed:
        done = run(name, "--help")
        assert done.returncode == 0 and f"kontor {name}" in done.stdout


def test_what_is_not_understood_ends_with_2():
    for words in (["nothing"], ["init", "x"], ["user"], ["user", "dance"], ["backup"], ["export"], ["import", "x"]):
        assert run(*words).returncode == 2, words


def test_manual_pages_are_of_the_tables():
    for number, page in (("1", "kontor.1"), ("5", "kontor.conf.5")):
        assert run("config", "manual", number).stdout == (TOP / f"doc/man/{page}.scd").read_text(), "make manual"
