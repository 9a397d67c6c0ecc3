import re
import subprocess

from dav import BINARY, TOP


def test_the_page_is_what_the_tables_say():
    made = subprocess.run([BINARY, "config", "manual", "refusals"], capture_output=True, text=True, check=True,
                          env={"KONTOR_CONFIG": "/dev/null"}).stdout
    assert made == (TOP / "docs" / "refusals.md").read_text(encoding="utf-8"), \
        "kontor config manual refusals > docs/refusals.md writes it anew"
    codes = re.findall(r"^\| `([^`]*)`", made, re.MULTILINE)
    assert len(codes) > 150 and all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) for code in codes), codes


def test_a_reason_has_the_same_parameters_whatever_its_words():
    rows = re.findall(r'^REASON\("([^"]*)", +"((?:\\.|[^"])*)", "([^"]*)"\)$',
                      (TOP / "src/base/reason.tbl.h").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) > 150 and len({words for _, words, _ in rows}) == len(rows)
    for code, words, params in rows:
        wanted = len(re.findall(r"%", words))
        assert len(params.split(",")) == wanted if params else not wanted, code
