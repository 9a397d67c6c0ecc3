#include "card.h"

#include "object/vcard_check.h"

static enum err_id judge(const char *version, const char *lines)
{
	struct arena *arena = arena_new();
	struct err err = { 0 };
	struct vcard *card;
	bool ok = vcard_accept(arena, &err, card_lines(arena, version, lines), 0, &card);

	assert_int_equal(ok, !err_is_set(&err));
	arena_free(&arena);
	return err.id;
}

static void what_clients_send_is_taken(void **state UNUSED)
{
	static const char *const FILES[] = { "apple-ios.vcf", "apple-macos.vcf", "apple-group.vcf",
		"apple-old-photo.vcf", "davx5.vcf", "davx5-group.vcf", "thunderbird.vcf",
		"evolution.vcf", "outlook-caldavsynchronizer.vcf" };
	struct arena *arena = arena_new();

	for (size_t i = 0; i < COUNT_OF(FILES); i++) {
		struct err err = { 0 };
		struct vcard *card;

		if (!vcard_accept(arena, &err, card_file(arena, FILES[i]), 0, &card))
			fail_msg("%s: %s", FILES[i], err.detail);
	}
	arena_free(&arena);
	assert_int_equal(judge("4.0", "UID:u\nFN:\n"), ERR_NONE);
	assert_int_equal(judge("3.0", "UID:u\nFN:No N\n"), ERR_NONE);
	assert_int_equal(judge("3.0", "UID:u\nEMAIL:no@fn\n"), ERR_NONE);
	assert_int_equal(judge("3.0", "UID:u\nFN:A\nFN:B\nN:A\nN:B\nREV:1\nREV:2\n"), ERR_NONE);
}

static void other_versions_are_not_supported(void **state UNUSED)
{
	assert_int_equal(judge("2.1", "UID:u\nFN:A\n"), ERR_SUPPORTED_ADDRESS_DATA);
	assert_int_equal(judge("5.0", "UID:u\nFN:A\n"), ERR_SUPPORTED_ADDRESS_DATA);
	assert_int_equal(judge("", "UID:u\nFN:A\n"), ERR_SUPPORTED_ADDRESS_DATA);
	assert_int_equal(judge("3.0", "VERSION:4.0\nUID:u\nFN:A\n"), ERR_VALID_ADDRESS_DATA);
}

static void a_uid_is_wanted_once(void **state UNUSED)
{
	assert_int_equal(judge("3.0", "FN:A\n"), ERR_VALID_ADDRESS_DATA);
	assert_int_equal(judge("3.0", "FN:A\nUID: \n"), ERR_VALID_ADDRESS_DATA);
	assert_int_equal(judge("3.0", "FN:A\nUID:u\nUID:v\n"), ERR_VALID_ADDRESS_DATA);
	assert_int_equal(judge("3.0", "FN:A\nUID:u\\nv\n"), ERR_VALID_ADDRESS_DATA);
}

static void a_card_wants_some_name(void **state UNUSED)
{
	assert_int_equal(judge("4.0", "UID:u\nNOTE:nobody\n"), ERR_VALID_ADDRESS_DATA);
}

static void the_size_is_checked_first(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct err err = { 0 };
	struct vcard *card;

	assert_false(vcard_accept(arena, &err, TEXT("\xFF\xFF\xFF"), 2, &card));
	assert_int_equal(err.id, ERR_CARD_MAX_RESOURCE_SIZE);
	arena_free(&arena);
}

static void imported_cards_are_completed(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct text body = card_lines(arena, "3.0", "N:Doe;Jane;;;\n");
	struct vcard *card = card_of(arena, body);
	struct err err = { 0 };

	vcard_repair(arena, card, TEXT("new"));
	assert_true(vcard_check(card, &err));
	assert_text(vcard_uid(card), "new");
	assert_text(vcard_first(card, "FN")->value, "Jane Doe");
	card = card_of(arena, card_lines(arena, "3.0", "UID:old\nNOTE:x\n"));
	vcard_repair(arena, card, TEXT("new"));
	assert_true(vcard_check(card, &err));
	assert_text(vcard_uid(card), "old");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_clients_send_is_taken),
		cmocka_unit_test(other_versions_are_not_supported),
		cmocka_unit_test(a_uid_is_wanted_once),
		cmocka_unit_test(a_card_wants_some_name),
		cmocka_unit_test(the_size_is_checked_first),
		cmocka_unit_test(imported_cards_are_completed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
