# Files of src/view.
libkontor_a_SOURCES += src/view/place.c src/view/place.h
libkontor_a_SOURCES += src/view/queue.c src/view/queue.h
libkontor_a_SOURCES += src/view/directory.c src/view/directory.h
libkontor_a_SOURCES += src/view/target.c src/view/scope.c src/view/target.h
libkontor_a_SOURCES += src/view/list.c src/view/changes.c src/view/list.h
libkontor_a_SOURCES += src/view/token.c src/view/token.h
libkontor_a_SOURCES += src/view/crm.c src/view/crm.h src/view/crm_impl.h src/view/crm_scope.c src/view/crm_filter.c src/view/crm_try.c
libkontor_a_SOURCES += src/view/crm_source.c src/view/crm_gather.c src/view/crm_entry.c src/view/crm_row.c src/view/crm_list_rows.c
libkontor_a_SOURCES += src/view/find.c src/view/find.h
libkontor_a_SOURCES += src/view/watch.c src/view/watch.h
libkontor_a_SOURCES += src/view/figures.c src/view/figures.h src/view/figures_impl.h src/view/figures_table.c
libkontor_a_SOURCES += src/view/dashboard.c src/view/dashboard_home.c
libkontor_a_SOURCES += src/view/crm_names.c src/view/crm_names.h
libkontor_a_SOURCES += src/view/history.c src/view/history.h
libkontor_a_SOURCES += src/view/timeline.c src/view/timeline.h src/view/account.c src/view/account.h
libkontor_a_SOURCES += src/view/bin.c src/view/bin.h src/view/agenda.c src/view/agenda.h src/view/event.c src/view/event.h
