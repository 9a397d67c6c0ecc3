#include "base/base.h"
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "base/sign.h"

struct signer {
	X509 *certificate;
	EVP_PKEY *key;
	STACK_OF(X509) * chain;
};

static void signer_clear(struct signer *signer)
{
	X509_free(signer->certificate);
	EVP_PKEY_free(signer->key);
	sk_X509_pop_free(signer->chain, X509_free);
	ERR_clear_error();
}

/* Nobody is there to be asked for the password of a key. */
static int no_password(char *buf UNUSED, int size UNUSED, int writing UNUSED, void *arg UNUSED)
{
	return -1;
}

static bool read_chain(struct signer *signer, const char *file)
{
	BIO *in = BIO_new_file(file, "r");
	X509 *next;

	signer->chain = sk_X509_new_null();
	if (in && signer->chain)
		signer->certificate = PEM_read_bio_X509(in, NULL, no_password, NULL);
	while (signer->certificate && (next = PEM_read_bio_X509(in, NULL, no_password, NULL)))
		sk_X509_push(signer->chain, next);
	BIO_free(in);
	return signer->certificate != NULL;
}

static bool read_key(struct signer *signer, const char *file)
{
	BIO *in = BIO_new_file(file, "r");

	if (in)
		signer->key = PEM_read_bio_PrivateKey(in, NULL, no_password, NULL);
	BIO_free(in);
	return signer->key != NULL;
}

static bool sign(struct arena *arena, const struct signer *signer, struct text words,
        struct text *signed_words)
{
	BIO *in = BIO_new_mem_buf(words.ptr, (int)words.len);
	CMS_ContentInfo *message = CMS_sign(
	        signer->certificate, signer->key, signer->chain, in, CMS_BINARY | CMS_NOSMIMECAP);
	unsigned char *der = NULL;
	int len = message ? i2d_CMS_ContentInfo(message, &der) : -1;

	if (len > 0)
		*signed_words = arena_text(arena, (struct text){ (char *)der, (size_t)len });
	OPENSSL_free(der);
	CMS_ContentInfo_free(message);
	BIO_free(in);
	return len > 0;
}

bool sign_cms(struct arena *arena, struct err *err, const char *certificate, const char *key,
        struct text words, struct text *signed_words)
{
	struct signer signer = { 0 };
	bool ok = true;

	if (!read_chain(&signer, certificate))
		ok = err_set(err, ERR_UNAVAILABLE, "%s: no certificate can be read", certificate);
	else if (!read_key(&signer, key))
		ok = err_set(err, ERR_UNAVAILABLE, "%s: no key can be read", key);
	else if (!sign(arena, &signer, words, signed_words))
		ok = err_set(err, ERR_UNAVAILABLE, "%s: this key does not sign", key);
	signer_clear(&signer);
	return ok;
}
