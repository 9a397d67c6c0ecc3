import requests


def test_switched_off_gone_or_never_there(forms):
    form = forms.make()
    assert forms.show(form).status == 200
    change = forms.root("PATCH", f"/forms/{form['id']}", {"enabled": False}, If_Match="*")
    assert change.status == 200, change
    page = forms.show(form)
    assert page.status == 404 and "not in use" in page.text
    assert forms.ask("POST", form, data={"name": "x"}).status_code == 404
    assert forms.leads() == []
    for path in ("/f/", "/f", "/f/none", f"/f/{form['token']}/more", "/f/" + "x" * 200):
        reply = requests.get(forms.server.url + path, timeout=60)
        assert reply.status_code == 404 and "text/html" in reply.headers["Content-Type"], path


def test_other_methods_and_other_bodies(forms):
    form = forms.make()
    assert forms.ask("PUT", form, data=b"x").status_code == 405
    assert forms.ask("DELETE", form).status_code == 405
    for media in ("application/json", "multipart/form-data; boundary=x", "text/plain"):
        reply = forms.ask("POST", form, data=b'{"name":"x"}', headers={"Content-Type": media})
        assert reply.status_code == 415, media
    big = forms.send(form, name="x" * 70000)
    assert big.status_code in (413, 415) and forms.leads() == []
