# Files of src/mail.
libkontor_a_SOURCES += src/mail/mailer.c src/mail/mailer.h
libkontor_a_SOURCES += src/mail/smtp.c src/mail/smtp.h
