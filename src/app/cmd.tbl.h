/* cmd.tbl.h - the commands of `kontor`: main.c, the help, the man page and the shell completion come from
 * here. Aligned by hand.
 *  name,   function,    arguments,                             one line,
 *          help of its own options ("" if there are none) */
CMD(serve,  cmd_serve,   "[--listen HOST:PORT]...",             "Serve calendars, contacts and files",
	"  --listen HOST:PORT   listen here (several times for several addresses; [IPv6]:PORT,\n"
	"                       unix:/path, http:// or https:// in front)\n")
CMD(config, cmd_config,  "check | show [--origin] | template",  "Check or show the settings",
	"  check                read everything and say whether it is right\n"
	"  show                 print every setting as it holds\n"
	"    --origin           and where it comes from\n"
	"  template             print a configuration file with every setting\n")
