"""What the tests with real clients share."""
import os
import shutil
import subprocess

import pytest


def tool(name):
    """The path of a client's program; skips where it is not installed."""
    found = shutil.which(name, path="/usr/bin:/usr/local/bin")
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


def environment(home):
    return {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_DATA_HOME": str(home / ".local"), "XDG_CACHE_HOME": str(home / ".cache"),
            "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def run(words, home, check=True, timeout=120, **more):
    """Runs a client with a home directory of its own."""
    done = subprocess.run([str(w) for w in words], env=environment(home), capture_output=True, text=True,
                          timeout=timeout, cwd=home, check=False, **more)
    assert not check or done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done


def vdirsyncer_config(home, url, pairs, who="ann"):
    """Writes a vdirsyncer configuration; pairs are (name, caldav or carddav, extension, folder)."""
    text = f'[general]\nstatus_path = "{home}/status/"\n'
    for name, kind, ext, folder in pairs:
        path = "calendars" if kind == "caldav" else "addressbooks"
        text += (f'[pair {name}]\na = "{name}_here"\nb = "{name}_there"\n'
                 f'collections = ["{folder}"]\nconflict_resolution = "b wins"\n'
                 f'[storage {name}_here]\ntype = "filesystem"\npath = "{home}/{name}/"\n'
                 f'fileext = "{ext}"\n'
                 f'[storage {name}_there]\ntype = "{kind}"\nurl = "{url}/{path}/{who}/"\n'
                 f'username = "{who}"\npassword = "{who}-secret"\n')
    config = home / "vdirsyncer.conf"
    config.write_text(text, encoding="utf-8")
    return config


def vdirsyncer(home, config, what):
    return run([tool("vdirsyncer"), "-c", config, what], home, input="y\ny\ny\ny\n")
