#include "base/base.h"

#include <stdatomic.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/settings.h"
#include "base/thread.h"
#include "edit/mailed.h"
#include "mail/mailer.h"
#include "mail/smtp.h"

enum {
	LOOK_MS = 1000,
	STOP_GRACE_MS = 10000,
	MARK_TRIES = 30,
	NOTE_TRIES = 3, /* others may be at the note */
	LEASE_TIMES = 3,
	LOCK_RANK = 10
};

struct mailer {
	struct house *house;
	struct smtp *smtp;
	pthread_t thread;
	struct lock lock;
	pthread_cond_t woken;
	int64_t stop_ms; /* 0: not yet; when what is under way is broken off */
	int64_t next_ms; /* not before: the rate, or a server that is not there */
	atomic_llong sent, failed, put_off;
};

/* One mail in hand. */
struct sending {
	struct mailer *mailer;
	struct work *work;
	const struct settings *settings;
	struct outbox_claim *claim;
	struct outbox_mail mail;
	struct text later; /* addresses to try again */
	int64_t talks;     /* how often the server was asked to take it */
	bool no_server, broken_off;
};

/* ---- stopping ---- */

static int64_t stops_at(struct mailer *mailer)
{
	int64_t ms;

	lock_take(&mailer->lock);
	ms = mailer->stop_ms;
	lock_give(&mailer->lock);
	return ms;
}

static bool is_cut_off(void *data)
{
	int64_t ms = stops_at(data);

	return ms && clock_mono_ms() >= ms;
}

static void pause_for(struct mailer *mailer, int64_t ms)
{
	lock_take(&mailer->lock);
	if (!mailer->stop_ms)
		lock_wait(&mailer->lock, &mailer->woken, ms);
	lock_give(&mailer->lock);
}

/* ---- what became of it ---- */

static bool commit(struct sending *s, struct plan *plan)
{
	struct edit_result result;

	return plan && edit_commit_wait(s->work, plan) &&
	       (edit_stale(plan) || edit_result(s->work, plan, &result));
}

/* With its note; where that does not go, without. *lost: somebody else has the mail. */
static bool write_down(struct sending *s, const struct outbox_change *change, bool *lost)
{
	struct plan *plan;

	for (int i = 0; i < NOTE_TRIES; i++) {
		err_clear(&s->work->err);
		s->work->now = clock_now();
		plan = edit_mailed(s->work, change);
		if (commit(s, plan) && !edit_stale(plan))
			return true;
	}
	if (err_is_set(&s->work->err))
		log_warn("mail_note", "id=%lld why=%s", (long long)s->mail.id,
		        log_value(text_of(s->work->err.detail)));
	err_clear(&s->work->err);
	plan = edit_mailed_only(s->work, change);
	if (!commit(s, plan))
		return false;
	*lost = edit_stale(plan);
	return true;
}

/* A mail that has left must be known to have: the database may be away for a moment. */
static bool mark(struct sending *s, const struct outbox_change *change)
{
	bool lost = false;

	for (int i = 0; i < MARK_TRIES; i++) {
		if (write_down(s, change, &lost)) {
			if (lost)
				log_warn("mail_lost", "id=%lld hint=%s", (long long)s->mail.id,
				        "\"it took longer than its lease: mail.timeout\"");
			return !lost;
		}
		pause_for(s->mailer, LOOK_MS);
	}
	log_error("mail_mark", "id=%lld why=%s", (long long)s->mail.id,
	        log_value(text_of(s->work->err.detail)));
	return false;
}

static int64_t lease_of(const struct settings *settings)
{
	return LEASE_TIMES * settings->mail_timeout;
}

/* Others of its recipients are still to come: what was done is done, whatever happens to us. */
static bool mark_progress(struct sending *s)
{
	struct outbox_change change = { .mail = s->mail, .claim = s->mail.claim };

	change.mail.lease = clock_now() + lease_of(s->settings);
	return mark(s, &change);
}

static int64_t wait_of(const struct settings *settings, int64_t attempts)
{
	int64_t wait = settings->mail_retry;

	for (int64_t i = 1; i < attempts && wait < settings->mail_retry_most; i++)
		wait *= 2;
	return wait < settings->mail_retry_most ? wait : settings->mail_retry_most;
}

static void decide(struct sending *s)
{
	struct outbox_mail *mail = &s->mail;
	int64_t now = clock_now();

	mail->attempts += !s->broken_off;
	if (!mail->rest.len) {
		mail->state = mail->refused.len ? OUTBOX_REFUSED : OUTBOX_SENT;
		atomic_fetch_add(mail->refused.len ? &s->mailer->failed : &s->mailer->sent, 1);
	} else if (now - mail->created >= s->settings->mail_give_up) {
		mail->state = OUTBOX_GIVEN_UP;
		atomic_fetch_add(&s->mailer->failed, 1);
	} else {
		mail->due = s->broken_off ? now : now + wait_of(s->settings, mail->attempts);
		atomic_fetch_add(&s->mailer->put_off, 1);
	}
	if (mail->state == OUTBOX_SENT)
		mail->reason = TEXT_NONE;
}

static void finish(struct sending *s)
{
	static const char *const words[] = { "queued", "sent", "refused", "given_up" };
	struct outbox_change change = { .claim = s->mail.claim, .release = true };

	decide(s);
	change.mail = s->mail;
	if (mark(s, &change))
		log_info("mail", "id=%lld state=%s tries=%lld", (long long)s->mail.id,
		        words[s->mail.state], (long long)s->mail.attempts);
}

/* ---- one mail ---- */

static struct text joined(struct arena *arena, struct text list, struct text one)
{
	if (!list.len)
		return one;
	return arena_printf(arena, "%.*s %.*s", TEXT_ARG(list), TEXT_ARG(one));
}

static void say_why(struct sending *s, struct text to, struct text why)
{
	s->mail.reason = arena_printf(s->work->arena, "%.*s: %.*s", TEXT_ARG(to), TEXT_ARG(why));
}

/* False: no use in trying the next one. */
static bool send_to(struct sending *s, struct text to)
{
	struct smtp_mail mail = {
		.sender = s->mail.sender, .recipient = to, .message = s->claim->message
	};
	struct arena *arena = s->work->arena;

	s->talks++;
	switch (smtp_send(s->mailer->smtp, arena, s->settings, &mail)) {
	case SMTP_TAKEN: return true;
	case SMTP_NEVER:
		s->mail.refused = joined(arena, s->mail.refused, to);
		say_why(s, to, mail.reason);
		return true;
	case SMTP_LATER: break;
	case SMTP_NO_SERVER: s->no_server = true; break;
	}
	s->later = joined(arena, s->later, to);
	s->broken_off = is_cut_off(s->mailer);
	if (!s->mail.refused.len && !s->broken_off)
		say_why(s, to, mail.reason);
	return !s->no_server && !s->broken_off;
}

static void send_to_all(struct sending *s)
{
	struct arena *arena = s->work->arena;
	struct text rest = s->mail.rest, to;
	bool go_on = true;

	s->mail.reason = s->mail.refused.len ? s->mail.reason : TEXT_NONE;
	while (go_on && text_split(&rest, ' ', &to)) {
		go_on = send_to(s, to);
		s->mail.rest = s->later;
		if (rest.ptr)
			s->mail.rest = joined(arena, s->later, rest);
		if (rest.ptr && go_on && !mark_progress(s))
			return;
	}
	finish(s);
}

static void slow_down(struct sending *s)
{
	int64_t wait = s->talks * 60000 / s->settings->mail_per_minute;

	if (s->no_server && !s->broken_off) {
		wait = s->settings->mail_retry * 1000;
		log_warn("mail_server", "why=%s retry_ms=%lld", log_value(s->mail.reason),
		        (long long)wait);
	}
	s->mailer->next_ms = clock_mono_ms() + wait;
}

static void send_next(struct mailer *mailer, struct work *work, const struct settings *settings)
{
	struct outbox_claim claim = { .epoch = mailer->house->epoch,
		.seconds = lease_of(settings) };
	struct sending s = {
		.mailer = mailer, .work = work, .settings = settings, .claim = &claim
	};

	if (!commit(&s, edit_mail_claim(work, &claim)) || !claim.found)
		return;
	s.mail = claim.mail;
	send_to_all(&s);
	slow_down(&s);
}

/* ---- the thread ---- */

/* False: there is nothing to do at the moment. */
static bool look(struct mailer *mailer)
{
	const struct settings *settings = house_settings(mailer->house);
	struct work work = { .house = mailer->house, .now = clock_now() };
	bool due = false;

	if (!settings->mail_smtp[0] || clock_mono_ms() < mailer->next_ms)
		return false;
	work.arena = arena_new();
	if (!outbox_is_due(&work, &due))
		log_debug("mail_look", "why=%s", log_value(text_of(work.err.detail)));
	work_step_end(&work);
	if (due)
		send_next(mailer, &work, settings);
	else
		smtp_hang_up(mailer->smtp);
	work_step_end(&work);
	arena_free(&work.arena);
	return due;
}

static void *run(void *data)
{
	struct mailer *mailer = data;

	while (!stops_at(mailer)) {
		int64_t wait = LOOK_MS;

		if (look(mailer))
			wait = mailer->next_ms - clock_mono_ms();
		if (wait > 0)
			pause_for(mailer, wait < LOOK_MS ? wait : LOOK_MS);
	}
	return NULL;
}

void mailer_setup(void)
{
	smtp_setup();
}

struct mailer *mailer_start(struct house *house)
{
	struct mailer *mailer = calloc(1, sizeof(*mailer));

	assert(mailer);
	mailer->house = house;
	mailer->smtp = smtp_new(is_cut_off, mailer);
	lock_init(&mailer->lock, "mailer", LOCK_RANK);
	pthread_cond_init(&mailer->woken, NULL);
	mailer->thread = thread_start("mailer", run, mailer);
	return mailer;
}

void mailer_stop(struct mailer **mailer)
{
	struct mailer *m = *mailer;

	if (!m)
		return;
	*mailer = NULL;
	lock_take(&m->lock);
	m->stop_ms = clock_mono_ms() + STOP_GRACE_MS;
	pthread_cond_signal(&m->woken);
	lock_give(&m->lock);
	pthread_join(m->thread, NULL);
	smtp_free(&m->smtp);
	pthread_cond_destroy(&m->woken);
	pthread_mutex_destroy(&m->lock.mutex);
	free(m);
}

/* ---- figures ---- */

static void metric(
        struct buf *out, const char *name, const char *type, const char *words, int64_t value)
{
	buf_printf(out, "# HELP kontor_mail_%s %s\n# TYPE kontor_mail_%s %s\nkontor_mail_%s %lld\n",
	        name, words, name, type, name, (long long)value);
}

void mailer_metrics(struct house *house, struct buf *out)
{
	struct work work = { .arena = arena_new(), .house = house, .now = clock_now() };
	const struct mailer *mailer = house->mailer;
	struct outbox_stats stats;

	if (outbox_measure(&work, &stats)) {
		metric(out, "queued", "gauge", "Mails that wait to leave.", stats.queued);
		metric(out, "held", "gauge", "Mails that wait for kontor mail retry.", stats.held);
		metric(out, "oldest_seconds", "gauge", "How long the oldest of them has waited.",
		        stats.oldest ? work.now - stats.oldest : 0);
	}
	work_step_end(&work);
	arena_free(&work.arena);
	if (!mailer)
		return;
	metric(out, "sent_total", "counter", "Mails the mail server has taken.",
	        atomic_load(&mailer->sent));
	metric(out, "failed_total", "counter", "Mails refused for good, or given up.",
	        atomic_load(&mailer->failed));
	metric(out, "put_off_total", "counter", "Times a mail could not be sent at the moment.",
	        atomic_load(&mailer->put_off));
}
