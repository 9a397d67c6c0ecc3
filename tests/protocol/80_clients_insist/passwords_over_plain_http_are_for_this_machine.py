"""iOS sends no password over plain HTTP, and Kontor takes none from other machines, unless told so aloud."""
import socket

import pytest

import dav


def own_address():
    """An address of this machine that is not loopback; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        try:
            s.connect(("192.0.2.1", 9))
        except OSError:
            return None
        name = s.getsockname()[0]
    return None if name.startswith("127.") else name


@pytest.mark.skipif(own_address() is None, reason="this machine has no address but loopback")
@pytest.mark.parametrize("setting, status", [("server.plain_http=no", 403), ("server.plain_http=yes", 207)])
def it_is_so(setting, status):
    one = dav.Server(settings=[setting], host=own_address())
    try:
        one.start()
        assert one.client("ann").propfind("/", "D:resourcetype").status == status
    finally:
        one.remove()
