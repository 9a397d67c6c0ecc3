# Files of src/object.
libkontor_a_SOURCES += src/object/vcard.h src/object/vcard_check.h src/object/vcard_facts.h src/object/vcard_filter.h \
	src/object/vcard_convert.h src/object/vcard_trim.h src/object/jcard.h
