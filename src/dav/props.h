/* props.h - getters and checks of props.tbl.h.
 * Threads: as any prop_read_fn. */
#ifndef KONTOR_DAV_PROPS_H
#define KONTOR_DAV_PROPS_H

#include "dav/dav.h"

prop_read_fn get_creationdate, get_getlastmodified, get_getetag, get_getcontentlength;
prop_read_fn get_getcontenttype, get_displayname, get_given_name, get_resourcetype,
        get_supported_report_set;
prop_read_fn get_supported_method_set, get_sync_token, get_add_member, get_resource_id;
prop_read_fn get_quota_used_bytes, get_quota_available_bytes, get_current_user_principal;
prop_read_fn get_principal_url, get_owner, get_group, get_alternate_uri_set, get_group_member_set;
prop_read_fn get_group_membership, get_principal_collection_set;
/* acl_props.c */
prop_read_fn get_current_user_privilege_set, get_supported_privilege_set, get_acl;
prop_read_fn get_acl_restrictions, get_inherited_acl_set;
/* bulk.c */
prop_read_fn get_bulk_requests;
/* lock.c */
prop_read_fn get_lockdiscovery, get_supportedlock;
prop_check_fn check_displayname;

/* Content-Type of a member, as GET and getcontenttype say it. */
struct text dav_content_type(struct arena *arena, const struct target *at);

#endif
