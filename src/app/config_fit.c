#include "base/base.h"
#include "app/config_fit.h"
#include "crm/hours.h"
#include "http/peer.h"
#include "object/zone.h"

typedef bool fit_fn(struct arena *arena, struct text value);

static bool is_level(struct arena *arena UNUSED, struct text value)
{
	return text_eq(value, TEXT("error")) || text_eq(value, TEXT("warn")) ||
	       text_eq(value, TEXT("info")) || text_eq(value, TEXT("debug"));
}

static bool is_format(struct arena *arena UNUSED, struct text value)
{
	return text_eq(value, TEXT("text")) || text_eq(value, TEXT("json"));
}

static bool is_currency(struct arena *arena UNUSED, struct text value)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.ptr[i] < 'A' || value.ptr[i] > 'Z')
			return false;
	return value.len == 3;
}

/* On a machine without zones none is right; that is told when the server starts. */
static bool is_zone(struct arena *arena UNUSED, struct text value)
{
	size_t count;

	return zone_find(value) || !zone_names(&count) || !count;
}

static bool is_hours(struct arena *arena UNUSED, struct text value)
{
	struct hours hours;

	return hours_read(&(struct err){ 0 }, value, zone_utc(), &hours);
}

static bool is_ldap(struct arena *arena UNUSED, struct text value)
{
	return !value.len || text_starts(value, TEXT("ldap://")) ||
	       text_starts(value, TEXT("ldaps://")) || text_starts(value, TEXT("ldapi://"));
}

static bool are_nets(struct arena *arena, struct text value)
{
	return nets_parse(arena, value, &(struct err){ 0 }) != NULL;
}

/* HOST:PORT, http:// or https:// in front, or unix:/path: see http/listen.c. */
static bool is_place(struct text word)
{
	int64_t port;
	size_t colon = word.len;

	if (text_starts(word, TEXT("unix:")))
		return word.len > 5;
	while (colon > 0 && word.ptr[colon - 1] != ':')
		colon--;
	return colon && text_to_int(text_from(word, colon), &port) && port >= 0 && port <= 65535;
}

static bool are_places(struct arena *arena UNUSED, struct text value)
{
	struct text word;

	while (text_split(&value, ' ', &word))
		if (word.len && !is_place(word))
			return false;
	return true;
}

static const struct fit {
	const char *section, *key;
	fit_fn *fits;
	const char *words;
} FITS[] = {
	{ "log", "level", is_level, "is one of: error, warn, info or debug" },
	{ "log", "format", is_format, "is one of: text or json" },
	{ "server", "listen", are_places, "is one HOST:PORT or several" },
	{ "server", "admin_listen", are_places, "is HOST:PORT" },
	{ "server", "trusted_proxies", are_nets, "is a list of addresses and networks" },
	{ "login", "ldap", is_ldap, "begins with ldap://, ldaps:// or ldapi://" },
	{ "crm", "currency", is_currency, "is three capital letters, e.g. EUR" },
	{ "crm", "time_zone", is_zone, "is the name of a time zone, e.g. Europe/Berlin" },
	{ "crm", "business_hours", is_hours, "is days and hours, e.g. Mo-Fr 09:00-17:00" },
	{ "capture", "lmtp", are_places, "is HOST:PORT or unix:/path" },
};

bool config_fits(struct arena *arena, const char *section, const char *key, struct text value,
        struct err *err)
{
	for (size_t i = 0; i < COUNT_OF(FITS); i++) {
		if (strcmp(FITS[i].section, section) || strcmp(FITS[i].key, key))
			continue;
		return FITS[i].fits(arena, value) ||
		       err_set(err, ERR_BAD_REQUEST, "%s.%s %s, not \"%.*s\"", section, key,
		               FITS[i].words, TEXT_ARG(value));
	}
	return true;
}
