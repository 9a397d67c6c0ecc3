#include "base/base.h"
#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <stdatomic.h>

#include "http/tls.h"

enum { CHAIN_MAX = 16 };

const char TLS_PRIORITIES[] =
        "SECURE128:+SECURE192:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE";

struct pair {
	gnutls_pcert_st chain[CHAIN_MAX];
	unsigned len;
	gnutls_privkey_t key;
	struct pair *older;
};

/* GnuTLS hands its callback nothing of ours, so this cannot travel as an argument. */
static struct pair *_Atomic current;

static void pair_free(struct pair *pair)
{
	if (!pair)
		return;
	for (unsigned i = 0; i < pair->len; i++)
		gnutls_pcert_deinit(&pair->chain[i]);
	if (pair->key)
		gnutls_privkey_deinit(pair->key);
	free(pair);
}

static int load_chain(struct pair *pair, const char *file)
{
	gnutls_datum_t pem;
	int rc = gnutls_load_file(file, &pem);

	if (rc)
		return rc;
	pair->len = CHAIN_MAX;
	rc = gnutls_pcert_list_import_x509_raw(
	        pair->chain, &pair->len, &pem, GNUTLS_X509_FMT_PEM, 0);
	if (rc)
		pair->len = 0;
	gnutls_free(pem.data);
	return rc;
}

static int load_key(struct pair *pair, const char *file)
{
	gnutls_datum_t pem;
	int rc = gnutls_load_file(file, &pem);

	if (rc)
		return rc;
	rc = gnutls_privkey_init(&pair->key);
	if (!rc)
		rc = gnutls_privkey_import_x509_raw(pair->key, &pem, GNUTLS_X509_FMT_PEM, NULL, 0);
	gnutls_memset(pem.data, 0, pem.size);
	gnutls_free(pem.data);
	return rc;
}

/* The key is that of the first certificate. */
static bool belong_together(const struct pair *pair)
{
	uint8_t ids[2][64] = { { 0 } };
	size_t sizes[2] = { sizeof(ids[0]), sizeof(ids[1]) };
	gnutls_pubkey_t pubkey;
	bool same = false;

	if (gnutls_pubkey_init(&pubkey))
		return false;
	if (!gnutls_pubkey_import_privkey(pubkey, pair->key, 0, 0) &&
	        !gnutls_pubkey_get_key_id(pubkey, GNUTLS_KEYID_USE_SHA256, ids[0], &sizes[0]) &&
	        !gnutls_pubkey_get_key_id(
	                pair->chain[0].pubkey, GNUTLS_KEYID_USE_SHA256, ids[1], &sizes[1]))
		same = sizes[0] == sizes[1] && !memcmp(ids[0], ids[1], sizes[0]);
	gnutls_pubkey_deinit(pubkey);
	return same;
}

bool tls_load(const char *certificate, const char *key, struct err *err)
{
	struct pair *pair = calloc(1, sizeof(*pair)), *before;
	int rc;

	assert(pair);
	rc = load_chain(pair, certificate);
	if (rc || !pair->len) {
		pair_free(pair);
		return err_set(err, ERR_UNAVAILABLE, "tls.certificate %s: %s", certificate,
		        rc ? gnutls_strerror(rc) : "no certificate in it");
	}
	rc = load_key(pair, key);
	if (rc || !belong_together(pair)) {
		pair_free(pair);
		return err_set(err, ERR_UNAVAILABLE, "tls.key %s: %s", key,
		        rc ? gnutls_strerror(rc) : "it is not the key of the certificate");
	}
	/* A handshake may just have read the pointer: the pair before stays for one reload more. */
	before = atomic_load(&current);
	if (before) {
		pair_free(before->older);
		before->older = NULL;
	}
	pair->older = before;
	atomic_store(&current, pair);
	return true;
}

void tls_unload(void)
{
	struct pair *pair = atomic_exchange(&current, NULL);

	if (!pair)
		return;
	pair_free(pair->older);
	pair_free(pair);
}

static int give_pair(gnutls_session_t session UNUSED, const gnutls_datum_t *authorities UNUSED,
        int authorities_len UNUSED, const gnutls_pk_algorithm_t *algorithms UNUSED,
        int algorithms_len UNUSED, gnutls_pcert_st **chain, unsigned *chain_len,
        gnutls_privkey_t *key)
{
	struct pair *pair = atomic_load(&current);

	if (!pair)
		return -1;
	*chain = pair->chain;
	*chain_len = pair->len;
	*key = pair->key;
	return 0;
}

void *tls_callback(void)
{
	return (void *)give_pair;
}

void tls_say(void *session, struct text words)
{
	gnutls_record_send(session, words.ptr, words.len);
}
