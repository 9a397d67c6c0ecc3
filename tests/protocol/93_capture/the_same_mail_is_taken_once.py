from strangers import message


def test_a_mail_that_is_delivered_again_changes_nothing(mailed):
    mail = message("a@x.example", "support@example.com", "Printer down", "Help")
    assert mailed.capture(mail) == "case"
    assert mailed.capture(mail) == "known"
    assert len(mailed.cases()) == 1
