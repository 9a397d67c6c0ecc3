import subprocess

from dav import BINARY, TOP


def test_the_page_is_what_the_table_says():
    made = subprocess.run([BINARY, "config", "manual", "fields"], capture_output=True, text=True, check=True,
                          env={"KONTOR_CONFIG": "/dev/null"})
    assert made.stdout == (TOP / "docs" / "crm-fields.md").read_text(encoding="utf-8"), \
        "make conf writes it anew"
