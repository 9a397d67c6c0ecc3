from strangers import message


def test_it_is_a_case_with_its_words(mailed):
    mail = message("Ada Byron <ada@acme.example>", "support@example.com", "Printer down",
                   "It prints nothing.\n\nOn Monday somebody wrote:\n> is it on?\n")
    assert mailed.capture(mail) == "case"
    (body,) = mailed.cases()
    assert "BEGIN:VTODO" in body and "Printer down" in body and "It prints nothing." in body
    assert "is it on" not in body and "[#1001]" in body


def test_what_nobody_asked_for_is_left_alone(mailed):
    assert mailed.capture(message("a@x.example", "somebody@example.com", "Hi", "Hello")) == "nothing"
    away = message("a@x.example", "support@example.com", "Away", "I am away",
                   Auto_Submitted="auto-replied")
    assert mailed.capture(away) == "nothing"
    assert mailed.cases() == []
