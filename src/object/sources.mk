# Files of src/object.
libkontor_a_SOURCES += src/object/vcard.c src/object/vcard_value.c src/object/vcard_write.c src/object/vcard.h \
	src/object/vcard_priv.h
libkontor_a_SOURCES += src/object/vcard_line.c src/object/vcard_line.h
libkontor_a_SOURCES += src/object/vcard_check.c src/object/vcard_check.h
libkontor_a_SOURCES += src/object/vcard_facts.c src/object/vcard_facts.h
libkontor_a_SOURCES += src/object/vcard_filter.c src/object/vcard_hint.c src/object/vcard_filter.h
libkontor_a_SOURCES += src/object/vcard_trim.c src/object/vcard_trim.h
libkontor_a_SOURCES += src/object/vcard_convert.c src/object/vcard_to_3.c src/object/vcard_to_4.c \
	src/object/vcard_media.c src/object/vcard_params.c src/object/vcard_convert.h \
	src/object/vcard_convert_priv.h
libkontor_a_SOURCES += src/object/vcard_date.c src/object/vcard_date.h
libkontor_a_SOURCES += src/object/jcard_read.c src/object/jcard_write.c src/object/jcard_types.c \
	src/object/jcard.h src/object/jcard_types.h
libkontor_a_SOURCES += src/object/ical.h src/object/ical_props.tbl.h src/object/zone.h src/object/ical_time.h \
	src/object/ical_rule.h src/object/ical_check.h src/object/ical_facts.h src/object/ical_recur.h \
	src/object/ical_filter.h src/object/ical_trim.h src/object/busy.h src/object/ical_merge.h src/object/jcal.h
libkontor_a_SOURCES += src/object/ical.c src/object/ical_parse.c src/object/ical_parse.h src/object/ical_time.c \
	src/object/zone.c src/object/zone_file.c src/object/zone_comp.c src/object/zone_impl.h src/object/zone_aliases.tbl.h \
	src/object/ical_rule.c src/object/rule_walk.c src/object/rule_rscale.c src/object/rule_impl.h
libkontor_a_SOURCES += src/object/ical_merge.c src/object/ical_split.c src/object/ical_tzids.c src/object/ical_tzids.h
libkontor_a_SOURCES += src/object/ical_trim.c src/object/trim_expand.c src/object/trim_impl.h
libkontor_a_SOURCES += src/object/jcal_read.c src/object/jcal_write.c
libkontor_a_SOURCES += src/object/ical_span.c src/object/ical_span.h src/object/ical_recur.c src/object/ical_check.c \
	src/object/ical_check_rule.c src/object/ical_check_rule.h src/object/ical_facts.c src/object/ical_filter.c \
	src/object/filter_time.c src/object/filter_impl.h src/object/busy.c
libkontor_a_SOURCES += src/object/ical_edit.c src/object/ical_edit.h
libkontor_a_SOURCES += src/object/ical_series.c src/object/series_times.c src/object/series_split.c \
	src/object/series_days.c \
	src/object/ical_series.h src/object/series_impl.h
