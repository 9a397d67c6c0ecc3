"""No room, no quota left, file too large: 507, nothing half-written, and well again without a restart.

The disk is filled twice: by the real limit on file sizes, and by a library that answers for the disk,
because a quota and a file system of our own want rights that a test does not have.
"""
import errno
import resource
import subprocess

import pytest

from dav import POSTGRES, Server, event, sanitized

pytestmark = pytest.mark.skipif(bool(POSTGRES), reason="the disk is PostgreSQL's there")
CALENDAR = "/calendars/ann/calendar/"
SOURCE = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* The errno in the file that FULL_DISK names, for files of the database; 0: there is room. */
static int verdict(int fd)
{
	char path[64], target[512], word[16] = "";
	FILE *file = fopen(getenv("FULL_DISK"), "r");
	ssize_t len;

	if (!file)
		return 0;
	if (!fgets(word, sizeof(word), file))
		word[0] = 0;
	fclose(file);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	len = readlink(path, target, sizeof(target) - 1);
	target[len > 0 ? len : 0] = 0;
	return strstr(target, "kontor.db") ? atoi(word) : 0;
}

#define REFUSE(fd) do { int e_ = verdict(fd); if (e_) { errno = e_; return -1; } } while (0)
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *p, size_t n) { REFUSE(fd); return REAL(write)(fd, p, n); }
ssize_t pwrite(int fd, const void *p, size_t n, off_t at) { REFUSE(fd); return REAL(pwrite)(fd, p, n, at); }
ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at) { REFUSE(fd); return REAL(pwrite64)(fd, p, n, at); }
int ftruncate(int fd, off_t n) { REFUSE(fd); return REAL(ftruncate)(fd, n); }
int ftruncate64(int fd, off64_t n) { REFUSE(fd); return REAL(ftruncate64)(fd, n); }
"""


class FullDisk:
    def __init__(self, folder, monkeypatch):
        (folder / "full.c").write_text(SOURCE)
        done = subprocess.run(["gcc", "-shared", "-fPIC", "-o", folder / "full.so", folder / "full.c", "-ldl"],
                              capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        self.switch = folder / "errno"
        monkeypatch.setenv("FULL_DISK", str(self.switch))
        monkeypatch.setenv("LD_PRELOAD", str(folder / "full.so"))

    def fill(self, number):
        self.switch.write_text(str(number))

    def empty(self):
        self.switch.unlink()


@pytest.fixture
def disk(tmp_path, monkeypatch):
    return FullDisk(tmp_path, monkeypatch)


def assert_refused_then_well(server, fill, empty):
    ann = server.client("ann")
    assert ann.put_event(CALENDAR + "before.ics", event("before")).status == 201
    token = ann.sync(CALENDAR).sync_token()
    fill()
    answer = ann.put_event(CALENDAR + "during.ics", event("during"))
    assert answer.status == 507, answer.text
    file = ann("PUT", "/files/ann/large", b"x" * 300000)
    assert file.status == 507, file.text
    assert ann("GET", CALENDAR + "before.ics").status == 200
    assert ann("DELETE", CALENDAR + "before.ics").status == 507
    empty()
    assert ann("GET", CALENDAR + "before.ics").status == 200
    assert ann("GET", CALENDAR + "during.ics").status == 404
    assert ann("GET", "/files/ann/large").status == 404
    assert ann.put_event(CALENDAR + "after.ics", event("after")).status == 201
    assert ann("PUT", "/files/ann/large", b"x" * 300000).status == 201
    assert list(ann.sync(CALENDAR, token).responses()) == [CALENDAR + "after.ics"]
    assert "the disk is full" in server.log_text()
    server.stop()
    assert server.command("fsck").stdout == "Everything is in order.\n"


@pytest.mark.parametrize("name", ["ENOSPC", "EDQUOT", "EFBIG"])
@pytest.mark.skipif(sanitized(), reason="a sanitizer wants to be the first library")
def test_the_disk_says_no(disk, name):
    server = Server().start()
    try:
        assert_refused_then_well(server, lambda: disk.fill(getattr(errno, name)), disk.empty)
    finally:
        server.remove()


def test_the_system_limits_files(own_server):
    """ulimit -f, LimitFSIZE=: the signal that comes with it must not end the server."""
    process = own_server.process.pid
    def limit(size):
        resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    assert_refused_then_well(own_server, lambda: limit(65536), lambda: limit(resource.RLIM_INFINITY))
