"""The files of the repository, and C source taken apart just far enough for the checks beside this."""

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Made by others or by the build.
SKIPPED = {".git", "build", "node_modules", "autom4te.cache", "build-aux", "__pycache__", "dist"}
TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def files(*tops, suffixes=()):
    """Paths below ROOT, relative to it, sorted; all suffixes if none is given."""
    found = []
    for top in tops:
        for folder, folders, names in os.walk(ROOT / top):
            folders[:] = [f for f in folders if f not in SKIPPED and not f.startswith("build-")]
            for name in names:
                path = (Path(folder) / name).relative_to(ROOT)
                if not suffixes or path.suffix in suffixes:
                    found.append(path)
    return sorted(set(found))


def c_files():
    return files("src", "tests", suffixes={".c", ".h"})


def read(path):
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


def blank(piece):
    """The same lines, with nothing on them."""
    return re.sub(r"[^\n]", " ", piece)


def without_comments(source):
    return TOKEN.sub(lambda m: blank(m[0]) if m[0][0] == "/" else m[0], source)


def code_only(source):
    """Without comments, and with empty strings and characters."""
    return TOKEN.sub(
        lambda m: blank(m[0]) if m[0][0] == "/" else m[0][0] + blank(m[0][1:-1]) + m[0][0], source)


def strings(source):
    """(line number, contents) of the string literals; neighbours that C would join are joined."""
    joined = []
    end = None
    for match in TOKEN.finditer(source):
        if match[0][0] == "/":
            continue
        if match[0][0] == '"':
            line = source.count("\n", 0, match.start()) + 1
            if joined and end is not None and not without_comments(
                    source[end:match.start()]).strip():
                joined[-1] = (joined[-1][0], joined[-1][1] + match[0][1:-1])
            else:
                joined.append((line, match[0][1:-1]))
            end = match.end()
        else:
            end = None
    return joined


def functions(source):
    """(name, first line, length in lines, parameters) of each function defined: in this style its
    braces, and no others, stand alone in the first column."""
    lines = code_only(source).split("\n")
    found = []
    start = None
    for number, line in enumerate(lines):
        if line.rstrip() == "{":
            start = number
        elif line.startswith("}") and start is not None:
            first, head = start, ""
            while first and not re.search(r"[;}]\s*$|^\s*$|^#", lines[first - 1]):
                first -= 1
                head = lines[first] + " " + head
            found.append((*signature(head), first + 1, number - start + 1))
            start = None
    return found


def signature(head):
    """The name and the number of parameters; those of function pointers do not count."""
    match = re.search(r"(\w+)\s*\((.*)\)", head)
    if not match:
        return head.strip(), 0
    inner = re.sub(r"\([^()]*\)", "", match[2])
    return match[1], 0 if inner.strip() in ("", "void") else inner.count(",") + 1


def allowed(name):
    """{subject: reason} out of the file NAME beside this: a subject and its reason a line."""
    table = {}
    path = ROOT / "tests/lint" / name
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        subject, _, reason = line.partition(" ")
        if not reason.strip():
            sys.exit(f"{path}:{number}: no reason given for {subject}")
        table[subject] = reason.strip()
    return table


def unneeded(name, table, used):
    """Faults: exceptions in the file NAME whose subject is within the limits by now."""
    return [f"{name}: {subject} needs no exception" for subject in table
            if subject not in used and (ROOT / subject.split(":")[0]).exists()]


def finish(faults):
    for fault in faults:
        print(fault)
    if faults:
        print(f"{len(faults)} fault(s)")
    sys.exit(1 if faults else 0)
