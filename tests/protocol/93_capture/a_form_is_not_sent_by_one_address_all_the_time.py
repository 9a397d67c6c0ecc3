import time

from strangers import Forms
from dav import Server


def test_more_than_so_many_a_minute_are_429():
    one = Server(("capture.form_per_minute=2",)).start()
    try:
        few = Forms(one)
        form = few.make()
        page = few.show(form)
        time.sleep(2.1)
        sent = [few.ask("POST", form, data={**page.inputs, "name": f"N{i}"}) for i in range(4)]
        assert [reply.status_code for reply in sent] == [200, 200, 429, 429]
        assert sent[3].headers["Retry-After"] == "60" and 'value="N3"' in sent[3].text
        assert [lead["name"] for lead in few.leads()] == ["N0", "N1"]
    finally:
        one.remove()
