import time


def test_equal_time(own_server):
    def seconds(name):
        begun = time.monotonic()
        assert own_server.client(name, "wrong").propfind("/", "D:displayname").status == 401
        return time.monotonic() - begun

    # two attempts each: the third would wait
    known = min(seconds(name) for name in ("ann", "ben", "carla", "root") for _ in range(2))
    unknown = min(seconds(name) for name in ("nn1", "nn2") for _ in range(2))
    assert abs(known - unknown) < 0.5 * max(known, unknown)
