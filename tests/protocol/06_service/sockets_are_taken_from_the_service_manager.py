"""sd_listen_fds(3): socket activation, instead of server.listen."""
import os
import socket


def test_it(service):
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()
        port = sock.getsockname()[1]

        def hand_over():
            os.dup2(sock.fileno(), 3)
            os.set_inheritable(3, True)

        service.start(command=["/bin/sh", "-c", 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"', "sh"], preexec_fn=hand_over,
                      close_fds=False)
    assert service.port == port
    assert service.health(service.connect())
    assert service.stop() == 0
