"""What is not known is said so in the RFCs' terms."""
from dav import xml_doc


def it_is_refused(ann, folder):
    assert ann("FROBNICATE", folder).status in (405, 501)
    report = ann.report(folder, xml_doc("D:nonsense", ""))
    assert report.status == 403 and report.condition() == "D:supported-report"
    assert ann("PUT", folder, "x").status == 405
