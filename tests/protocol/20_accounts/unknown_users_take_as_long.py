import time


def test_equal_time(own_server):
    def seconds(name):
        begun = time.monotonic()
        assert own_server.client(name, "wrong").propfind("/", "D:displayname").status == 401
        return time.monotonic() - begun

    # Two attempts each, for the third would wait; turn about, so that load meets both alike.
    pairs = zip(("ann", "ben", "carla", "root"), ("nn1", "nn2", "nn3", "nn4"))
    took = [(seconds(known), seconds(unknown)) for known, unknown in pairs for _ in range(2)]
    known, unknown = (min(column) for column in zip(*took))
    assert abs(known - unknown) < 0.5 * max(known, unknown)
