"""An exclusive lock lets nobody write without its token; UNLOCK ends it."""
from dav import xml_doc

LOCK = xml_doc("D:lockinfo", "<D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype>"
               "<D:owner>ann</D:owner>")


def it_locks(ann, folder):
    ann("PUT", folder + "a.txt", "one")
    lock = ann("LOCK", folder + "a.txt", LOCK, Content_Type="application/xml", Timeout="Second-600")
    assert lock.status == 200
    token = lock.headers["Lock-Token"]
    refused = ann("PUT", folder + "a.txt", "two")
    assert refused.status == 423 and refused.condition() == "D:lock-token-submitted"
    assert ann("DELETE", folder + "a.txt").status == 423
    assert ann("LOCK", folder + "a.txt", LOCK, Content_Type="application/xml").status == 423
    assert ann("PUT", folder + "a.txt", "two", If=f"({token})").status == 204
    assert ann("UNLOCK", folder + "a.txt", Lock_Token=token).status == 204
    assert ann("PUT", folder + "a.txt", "three").status == 204
