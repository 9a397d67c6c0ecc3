import subprocess

from dav import BINARY, TOP


def test_the_page_is_what_the_table_says():
    made = subprocess.run([BINARY, "config", "manual", "figures"], capture_output=True, text=True, check=True,
                          env={"KONTOR_CONFIG": "/dev/null"})
    assert made.stdout == (TOP / "docs" / "figures.md").read_text(encoding="utf-8"), \
        "kontor config manual figures > docs/figures.md writes it anew"
