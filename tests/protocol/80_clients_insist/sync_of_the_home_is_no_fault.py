"""sync-collection on the home is answered or refused, never a fault."""


def it_is_no_fault(ann):
    answer = ann.sync("/calendars/ann/")
    assert answer.status == 207 or (answer.status == 403
                                    and answer.condition() == "D:supported-report")
