# Files of src/capture.
libkontor_a_SOURCES += src/capture/mail.c src/capture/mail.h
libkontor_a_SOURCES += src/capture/mail_in.c src/capture/mail_in.h
libkontor_a_SOURCES += src/capture/lmtp.c src/capture/lmtp.h
libkontor_a_SOURCES += src/capture/form.c src/capture/form.h
libkontor_a_SOURCES += src/capture/form_gate.c src/capture/form_gate.h
libkontor_a_SOURCES += src/capture/form_words.c src/capture/form_words.h src/capture/form_words.tbl.h
