/* privilege.tbl.h - privileges of RFC 3744 3, RFC 4791 6.1.1 and RFC 6638 6: the tree of
 * supported-privilege-set. Aligned by hand. A parent stands before its children.
 *        id,                      parent,           namespace, element,                     words
 */
PRIVILEGE(ALL, ALL, DAV, "all", "Any operation")
PRIVILEGE(READ, ALL, DAV, "read", "Read any object")
PRIVILEGE(READ_FREE_BUSY, READ, CAL, "read-free-busy", "Read when somebody is busy")
PRIVILEGE(READ_CUPS, READ, DAV, "read-current-user-privilege-set", "Read the own privileges")
PRIVILEGE(READ_ACL, ALL, DAV, "read-acl", "Read the access list")
PRIVILEGE(WRITE, ALL, DAV, "write", "Write any object")
PRIVILEGE(WRITE_PROPERTIES, WRITE, DAV, "write-properties", "Write properties")
PRIVILEGE(WRITE_CONTENT, WRITE, DAV, "write-content", "Write content")
PRIVILEGE(BIND, WRITE, DAV, "bind", "Add members")
PRIVILEGE(UNBIND, WRITE, DAV, "unbind", "Remove members")
PRIVILEGE(UNLOCK, ALL, DAV, "unlock", "Unlock what somebody else locked")
PRIVILEGE(WRITE_ACL, ALL, DAV, "write-acl", "Write the access list")
