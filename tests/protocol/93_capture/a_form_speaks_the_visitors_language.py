def test_what_the_browser_likes_best_of_what_there_is(forms):
    form = forms.make()
    for wanted, tag, word in (("de-CH, de;q=0.9, en;q=0.8", "de", "Ihre Nachricht"),
                              ("fr, vi;q=0.7, en;q=0.3", "vi", "Điện thoại"), ("fr", "en", "Your message"),
                              ("en;q=0.2, de;q=0.1", "en", "Phone"), ("", "en", "Phone"),
                              ("x" * 3000, "en", "Phone"), ("dex, *;q=0.1", "en", "Phone")):
        page = forms.show(form, **{"Accept-Language": wanted})
        assert page.tags[0] == ("html", {"lang": tag}) and word in page.text, wanted
        assert "Accept-Language" in page.headers["Vary"]


def test_what_cannot_be_taken_is_named_in_it(forms):
    form = forms.make()
    reply = forms.send(form, name=" ", emails="a@x.example", headers={"Accept-Language": "de"})
    assert reply.status_code == 200, "an address is a name"
    reply = forms.send(form, name=" ", headers={"Accept-Language": "de"})
    assert reply.status_code == 422 and "Bitte prüfen Sie: Name" in reply.text and 'role="alert"' in reply.text
