def policy(reply):
    return reply.headers["Content-Security-Policy"]


def test_after_a_lead_it_is_303(forms):
    form = forms.make(thanks="https://www.acme.example:8443/danke?from=form#top")
    # Browsers follow no redirection of a form that its page's policy does not name.
    assert "form-action 'self' https://www.acme.example:8443" in policy(forms.show(form))
    reply = forms.send(form, name="Nora")
    assert reply.status_code == 303
    assert reply.headers["Location"] == "https://www.acme.example:8443/danke?from=form#top"
    assert len(forms.leads()) == 1


def test_only_to_the_web(forms):
    for thanks in ("javascript:alert(1)", "data:text/html,x", "//evil.example/", "/app/"):
        form = forms.make(name=thanks, thanks=thanks)
        reply = forms.send(form, name="Nora")
        assert reply.status_code == 200 and "Location" not in reply.headers, thanks


def test_an_address_says_nothing_else_in_the_policy(forms):
    form = forms.make(thanks="https://a.example;script-src *;x/")
    assert policy(forms.show(form)).rstrip().endswith("form-action 'self'")
