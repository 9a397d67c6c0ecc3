/* cmd.tbl.h - the commands of `kontor`: main.c, the help, the man page and the shell completion come from
 * here. Aligned by hand.
 *  name,   function,    arguments,                             one line,
 *          help of its own options ("" if there are none) */
CMD(init,   cmd_init,    "",                                    "Make an empty data directory (or database)", "")
CMD(serve,  cmd_serve,   "[--listen HOST:PORT]...",             "Serve calendars, contacts and files",
	"  --listen HOST:PORT   listen here (several times for several addresses; [IPv6]:PORT,\n"
	"                       unix:/path, http:// or https:// in front)\n")
CMD(demo,   cmd_demo,    "",                                    "Make a data directory with a small demo company", "")
CMD(user,   cmd_user,    "add NAME [options] | change NAME [options] | passwd NAME | list | remove NAME |"
	" app-password VERB NAME ...",
	"Users",
	"  add NAME, change NAME\n"
	"    --display-name TEXT  what people are shown\n"
	"    --email ADDRESS      several times for several; the first is the main one\n"
	"    --role ROLE          several times for several; admin may do everything\n"
	"    --member-of GROUP    several times for several\n"
	"    --quota SIZE         of each home, as 500M or 2G; 0: none\n"
	"    --password-stdin     the password is the first line of standard input\n"
	"                         (change: what is not named stays; an empty value clears)\n"
	"  passwd NAME            asks for a new password\n"
	"    --password-stdin     takes it from standard input\n"
	"  list                   name, display name, addresses, roles; separated by tabs\n"
	"  remove NAME            with everything that is theirs\n"
	"  app-password add NAME LABEL      makes a password for one device, and shows it once\n"
	"  app-password list NAME           number, label, made, last seen, last client\n"
	"  app-password revoke NAME NUMBER  that device cannot sign in any more\n")
CMD(group,  cmd_group,   "add NAME [options] | change NAME [options] | list | remove NAME |"
	" member VERB GROUP NAME... | manager VERB GROUP NAME...",
	"Groups, and who is in them",
	"  add NAME, change NAME  with --display-name, --email, --member-of as for users\n"
	"  list                   name, display name, addresses, roles; separated by tabs\n"
	"  remove NAME            the group; its members stay\n"
	"  member add GROUP NAME...     puts users or groups in\n"
	"  member remove GROUP NAME...  takes them out\n"
	"  member list GROUP            the direct ones\n"
	"  manager add, remove, list    the same for those who manage it\n")
CMD(principal, cmd_principal, "import FILE.csv | list | remove NAME",
	"Users, groups, locations and resources together",
	"  import FILE.csv        adds or changes; everything or nothing. The header is\n"
	"                         kind,name,display_name,emails,password,roles,member_of,manager_of\n"
	"                         Several values in a field are separated by \";\". An empty\n"
	"                         password leaves the old one; {CRYPT} before it says that it is\n"
	"                         a hash as in /etc/shadow. \"-\" reads standard input.\n"
	"  list                   kind, name, display name, addresses, roles; separated by tabs\n"
	"  remove NAME            with everything that is theirs\n")
CMD(collection, cmd_collection, "add USER/NAME [options] | list USER | remove USER/NAME | share USER/NAME WHOM RIGHT |"
	" queue GROUP leads|cases on|off",
	"Calendars, task lists, address books, folders",
	"  add USER/NAME\n"
	"    --type TYPE          calendar (preset), tasks, addressbook or folder\n"
	"    --display-name TEXT  what people are shown\n"
	"    --color #RRGGBB      of a calendar\n"
	"  list USER              path, type, number of objects, display name; separated by tabs\n"
	"  remove USER/NAME       with everything in it\n"
	"  share USER/NAME WHOM RIGHT   lets a user or group in: free-busy, read, write; none ends it\n"
	"  queue GROUP leads on         shows the group's managers the leads that nobody has taken; off\n"
	"  queue GROUP cases on         the same for cases, and to its support people too\n"
	"  Names that are in several areas: calendars/USER/NAME, addressbooks/.., files/..\n")
CMD(import, cmd_import,  "USER[/COLLECTION] PATH...",           "Bring in .ics and .vcf files, folders of them, a whole exported home",
	"  USER                 events go to calendar, tasks to tasks, cards to contacts;\n"
	"                       a folder made by export brings everything back\n"
	"  USER/COLLECTION      everything goes there\n"
	"  PATH                 a file (\"-\": standard input) or a folder\n"
	"  What is there already (the same UID) is replaced. Refused objects are named and left out.\n")
CMD(export, cmd_export,  "USER[/COLLECTION] [PATH]",            "Write out collections, or a whole home",
	"  USER                 the whole home into the folder PATH: calendars/, addressbooks/, files/\n"
	"  USER/COLLECTION      into one file if PATH ends in .ics or .vcf (\"-\" or none: standard\n"
	"                       output), else an object a file into the folder PATH\n")
CMD(backup, cmd_backup,  "FILE",                                "Copy the database into a new file, while it is served",
	"  PostgreSQL: with pg_dump, which must be installed\n")
CMD(restore, cmd_restore, "FILE [--replace] | --renew",         "Put a backup in the place of the database (stop the server first)",
	"  --replace            although there is a database; it is kept as kontor.db.replaced\n"
	"                       (PostgreSQL: never; restore into an empty database)\n"
	"  --renew              after something else has put back an older state (pg_restore, a\n"
	"                       snapshot of the disk): no sync token or ETag of the time after it\n"
	"                       will be taken for one of the time to come\n")
CMD(fsck,   cmd_fsck,    "[--quick] [--repair]",                "Look whether the data is whole; works beside a server",
	"  --quick              without comparing every index with its table\n"
	"  --repair             mends what is found, and derives everything derived anew. Nothing\n"
	"                       that holds somebody's bytes is deleted: what has lost its place\n"
	"                       comes into a collection \"recovered\" of the first administrator.\n"
	"                       Make a backup first. Without it nothing is changed.\n")
CMD(capture, cmd_capture, "[--to ADDRESS]...",                   "Take a mail from standard input: a case, a lead or a note of it",
	"  --to ADDRESS         whom it was sent to (preset: what its headers say). What is\n"
	"                       not sent to an address in capture.support or capture.leads\n"
	"                       is left alone. Prints what it became: case, lead, note,\n"
	"                       known (taken before) or nothing. Ends with 65 where the mail\n"
	"                       cannot be taken, with 75 where it may be tried again.\n")
CMD(mail,   cmd_mail,    "list [--all] | retry MAILS | drop MAILS", "Mail that waits to leave, or could not",
	"  list                 number, state (queued, held, sending, refused, given-up), since\n"
	"                       when, tries, recipients, why; separated by tabs\n"
	"    --all              what was sent in the last 30 days too\n"
	"  retry MAILS          sends them again, to those who have not got them\n"
	"  drop MAILS           gives them up; their authors are told\n"
	"  MAILS                numbers, or all of a state:\n"
	"    --held             what waited when a backup was made that has been put back:\n"
	"                       it may have left long ago, so it waits until you say so\n"
	"    --failed           refused or given up\n")
CMD(reindex, cmd_reindex, "",                                   "Derive everything derived anew; works beside a server", "")
CMD(config, cmd_config,  "check | show [--origin] | template | completion | manual 1|5|fields|figures",  "Check or show the settings",
	"  check                read everything and say whether it is right\n"
	"  show                 print every setting as it holds\n"
	"    --origin           and where it comes from\n"
	"  template             print a configuration file with every setting\n"
	"  completion           print a completion script for bash\n"
	"  manual 1, manual 5   print the source of kontor(1), kontor.conf(5), for scdoc(1)\n"
	"  manual fields        prints docs/crm-fields.md: every field of the CRM\n"
	"  manual figures       prints docs/figures.md: every figure with its definition\n")
