"""What people reach their files with: a shell for WebDAV, a copier, and the folder as a file system of Linux."""
import filecmp
import os
import subprocess
import time

import pytest

import helpers
from dav import SLOWNESS

TREE = {"a.txt": b"one\n", "two words.txt": b"two\n", "Gr\u00fc\u00dfe & more (1).txt": "Gr\u00fc\u00dfe\n".encode(), "empty": b"",
        "deep/er/still/leaf#1.bin": bytes(range(256)) * 64, "100%.txt": b"%"}


def plant(folder):
    for name, content in TREE.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "large.bin").write_bytes(os.urandom(1 << 20) * 20)


def same(left, right):
    there = [{str(p.relative_to(f)) for p in f.rglob("*") if p.is_file()} for f in (left, right)]
    assert there[0] == there[1]
    differing = [name for name in there[0] if not filecmp.cmp(left / name, right / name, shallow=False)]
    assert not differing


def test_cadaver(own_server, tmp_path):
    host = own_server.listen.split(":")[0]
    (tmp_path / ".netrc").write_text(f"machine {host}\nlogin ann\npassword ann-secret\n", encoding="utf-8")
    (tmp_path / "here.txt").write_bytes(b"hello\n")

    def shell(*commands):
        return helpers.run([helpers.tool("cadaver"), own_server.url + "/files/ann/"], tmp_path,
                           input="\n".join(commands) + "\nquit\n").stdout

    told = shell("mkcol Papers", "put here.txt Papers/a.txt", "copy Papers/a.txt Papers/b.txt", "move Papers/b.txt Papers/c.txt",
                 "propset Papers/c.txt kind letter", "propget Papers/c.txt kind", "lock Papers/c.txt", "discover Papers/c.txt",
                 "unlock Papers/c.txt", "ls Papers", "get Papers/c.txt back.txt", "delete Papers/a.txt", "rmcol Papers")
    assert "failed" not in told.lower(), told
    assert "letter" in told and "Papers/c.txt" in told
    assert (tmp_path / "back.txt").read_bytes() == b"hello\n"
    assert own_server.client("ann")("GET", "/files/ann/Papers/").status == 404


def test_rclone(own_server, tmp_path):
    rclone = helpers.tool("rclone")
    obscured = helpers.run([rclone, "obscure", "ann-secret"], tmp_path).stdout.strip()
    config = tmp_path / "rclone.conf"
    config.write_text(f"[k]\ntype = webdav\nurl = {own_server.url}/files/ann/\nvendor = other\nuser = ann\n"
                      f"pass = {obscured}\n", encoding="utf-8")

    def do(*words):
        return helpers.run([rclone, "--config", config, "--retries", "1", *words], tmp_path, timeout=300)

    here, back = tmp_path / "here", tmp_path / "back"
    plant(here)
    do("copy", here, "k:Tree")
    do("check", "--download", here, "k:Tree")
    (here / "a.txt").write_bytes(b"changed, and longer\n")
    (here / "two words.txt").unlink()
    do("sync", here, "k:Tree")
    do("moveto", "k:Tree/deep/er", "k:Tree/moved")
    (here / "deep" / "er").rename(here / "moved")
    do("copy", "k:Tree", back)
    same(here, back)
    do("purge", "k:Tree")
    assert do("lsf", "k:").stdout == ""


@pytest.fixture
def mounted(own_server, tmp_path):
    if os.geteuid() != 0 or not os.path.exists("/dev/fuse"):
        pytest.skip("mounting wants root and /dev/fuse")
    mount = "/usr/sbin/mount.davfs"
    if not os.path.exists(mount):
        pytest.skip("davfs2 is not installed")
    # What is there before: readdir() of this davfs2, with which it looks again, is EINVAL on newer kernels with every server.
    large = os.urandom(1 << 20) * 8
    assert own_server.client("ann")("PUT", "/files/ann/large.bin", large).status == 201
    folder = tmp_path / "mounted"
    folder.mkdir()
    config = tmp_path / "davfs2.conf"
    config.write_text(f"delay_upload 0\nask_auth 0\nsecrets {tmp_path}/secrets\n", encoding="utf-8")
    (tmp_path / "secrets").write_text(f"{own_server.url}/files/ann/ ann ann-secret\n", encoding="utf-8")
    (tmp_path / "secrets").chmod(0o600)
    done = helpers.run([mount, own_server.url + "/files/ann/", folder, "-o", f"conf={config},rw"], tmp_path, check=False)
    if done.returncode and "fuse" in done.stderr.lower():
        pytest.skip("this machine mounts no FUSE file system: " + done.stderr.strip())
    assert done.returncode == 0, done.stdout + done.stderr
    yield own_server, folder, large
    subprocess.run(["umount", folder], check=False, timeout=60)


def test_davfs2(mounted, tmp_path):
    server, folder, large = mounted
    assert (folder / "large.bin").read_bytes() == large
    ann = server.client("ann")
    (folder / "Papers").mkdir()
    (folder / "Papers" / "two words.txt").write_bytes(b"from the mount\n")
    deadline = time.monotonic() + 20 * SLOWNESS
    while ann("GET", "/files/ann/Papers/two%20words.txt").body != b"from the mount\n":
        assert time.monotonic() < deadline
        time.sleep(0.2)
    (folder / "Papers" / "two words.txt").rename(folder / "Papers" / "Gr\u00fc\u00dfe.txt")
    assert ann("GET", "/files/ann/Papers/Gr%C3%BC%C3%9Fe.txt").body == b"from the mount\n"
    (folder / "Papers" / "Gr\u00fc\u00dfe.txt").unlink()
    (folder / "Papers").rmdir()
    assert ann("GET", "/files/ann/Papers/").status == 404
