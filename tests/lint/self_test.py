#!/usr/bin/python3
"""Shows each check a fault in a small tree of its own, and expects it to be found."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
GOOD = '#include "base/base.h"\n\nint good(int a)\n{\n\treturn a;\n}\n'
LONG = "int long_one(void)\n{\n" + "\tgood(1);\n" * 90 + "}\n"
SEVEN = "int seven(int a, int b, int c, int d, int e, int f, int g)\n{\n\treturn a;\n}\n"
ALLOWED = "src/base/excused.c too long\nsrc/base/long.c:long_one a table\nsrc/base/gone.c x\n"

ROWS = "".join(f"| {n} | x |\n" for n in range(1, 59))

# check, file, its contents, a piece of the fault (None: there is none)
CASES = [
    ("floors", "src/dav/x.c", GOOD + '#include "edit/edit.h"\n', None),
    ("floors", "src/dav/x.c", '#include "db/db.h"\n', 'dav may not include "db/db.h"'),
    ("floors", "src/dav/x.c", '#include "store/writer.h"\n', "may not include"),
    ("floors", "src/calendar/x.c", '#include "contacts/kind.h"\n', "may not include"),
    ("floors", "src/http/x.c", '#include "dav/dav.h"\n', "may not include"),
    ("floors", "src/wire/x.c", '#include "call.h"\n', "does not name its folder"),
    ("floors", "src/wire/x.c", GOOD + "#include <libical/ical.h>\n", "only object may know"),
    ("floors", "src/wire/x.c", "#include <stdio.h>\n", "first include"),
    ("floors", "src/wire/x.c", GOOD + '/* #include "db/db.h" */\n', None),
    ("floors", "src/cellar/x.c", GOOD, "no row"),
    ("floors", "src/edit/x.c", GOOD + "static int count;\n", "mutable state"),
    ("floors", "src/edit/x.c", GOOD + "static struct lock l = { 0 };\n", "mutable state"),
    ("floors", "src/edit/x.c", GOOD + "static const int TEN = 10;\nstatic call_fn done;\n", None),
    ("sizes", "src/base/x.c", GOOD + LONG, "x.c:long_one: 92 lines"),
    ("sizes", "src/base/x.c", GOOD + SEVEN, "x.c:seven: 7 parameters"),
    ("sizes", "src/base/x.c", GOOD * 140, "x.c: 840 lines"),
    ("sizes", "src/base/x.c", GOOD.replace("int a", "int a, void (*f)(int, int)"), None),
    ("sizes", "src/base/excused.c", GOOD, "needs no exception"),
    ("sizes", "src/base/long.c", LONG, None),
    ("words", "src/base/x.c", GOOD + "/* TO" "DO: more */\n", "without the number"),
    ("words", "src/base/x.c", GOOD + "/* TO" "DO #12: more */\n", None),
    ("words", "src/base/x.c", GOOD + "/* VTO" "DO */\n", None),
    ("words", "src/base/x.c", GOOD + "#if " "0\n#endif\n", "switched off"),
    ("words", "src/dav/x.c", GOOD + 'char *s = "<D:" "href>";\n', "markup"),
    ("words", "src/dav/x.c", GOOD + 'bool b = a < b; /* "<D:href>" */ char *s = "a > b";\n', None),
    ("words", "src/base/x.c", GOOD + "/* see /ho" "me/me/x */\n", "somebody's machine"),
    ("words", "src/base/x.c", GOOD + "int x; \n", "white space"),
    ("promises", "docs/clients.md", ROWS, None),
    ("promises", "docs/clients.md", ROWS + "`not_there.py`\n", "not_there.py is not there"),
    ("promises", "docs/clients.md", ROWS.replace("| 7 |", "| 8 |"), "not one row for each"),
    ("promises", "docs/standards.md", "`tests/lint/tree.py`\n", "tests nothing"),
    ("reasons", "src/api/x.c", 'bool f(void)\n{\n\treturn api_refuse(c, "q", "it is 1");\n}\n', None),
    ("reasons", "src/api/x.c", 'bool f(void)\n{\n\terr_set(e, E, "%d a"\n\t"b", 1);\n}\n', '"%d ab" has no row'),
    ("reasons", "src/api/x.c", GOOD, 'nobody says "it is 1"'),
    ("format", "src/base/x.c", GOOD, None),
    ("format", "src/base/x.c", GOOD.replace("\t", "  "), "not formatted"),
]


def run(check, name, contents):
    with tempfile.TemporaryDirectory() as top:
        lint = Path(top) / "tests/lint"
        lint.mkdir(parents=True)
        for source in (check, "tree.py"):
            shutil.copy(HERE / source, lint)
        (lint / "sizes.allow").write_text(ALLOWED)
        (lint / "words.allow").write_text("")
        shutil.copy(HERE.parent.parent / ".clang-format", top)
        path = Path(top) / name
        path.parent.mkdir(parents=True)
        path.write_text(contents)
        (path.parent / "README").write_text("What it is.\n")
        if check == "reasons":
            (Path(top) / "src/base").mkdir(parents=True)
            (Path(top) / "src/base/err.tbl.h").write_text('ERR(GONE, 404, NULL, "It is gone")\n')
            (Path(top) / "src/base/reason.tbl.h").write_text('REASON("one", "it is 1", "")\n')
        done = subprocess.run([sys.executable, lint / check], capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr


def main():
    wrong = 0
    for check, name, contents, fault in CASES:
        code, said = run(check, name, contents)
        if code == 77:
            continue
        if code != (0 if fault is None else 1) or fault and fault not in said:
            wrong += 1
            print(f"{check} on\n{contents[-200:]}\nwanted {fault!r}, said {said!r}\n")
    print(f"{len(CASES)} cases, {wrong} wrong")
    sys.exit(1 if wrong else 0)


main()
