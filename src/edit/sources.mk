# Files of src/edit.
libkontor_a_SOURCES += src/edit/edit.c src/edit/edit.h
libkontor_a_SOURCES += src/edit/gate.c src/edit/gate.h
libkontor_a_SOURCES += src/edit/put.c src/edit/remove.c src/edit/mkcol.c src/edit/props.c \
	src/edit/acl.c
libkontor_a_SOURCES += src/edit/file.c src/edit/file.h src/edit/media.tbl.h
libkontor_a_SOURCES += src/edit/move.c src/edit/transfer.c src/edit/transfer.h
libkontor_a_SOURCES += src/edit/locks.c src/edit/lock.c src/edit/lock_walk.h src/edit/locks.h
libkontor_a_SOURCES += src/edit/capture.c src/edit/capture.h
libkontor_a_SOURCES += src/edit/convert.c src/edit/convert_back.c src/edit/convert.h
libkontor_a_SOURCES += src/edit/put_crm.c src/edit/put_crm.h src/edit/leave.c src/edit/leave.h
libkontor_a_SOURCES += src/edit/import.c src/edit/import.h src/edit/import_impl.h src/edit/import_back.c src/edit/import_twin.c
libkontor_a_SOURCES += src/edit/hand_back.c src/edit/hand_back.h
libkontor_a_SOURCES += src/edit/assign.c src/edit/assign.h
libkontor_a_SOURCES += src/edit/crm.c src/edit/crm.h src/edit/crm_impl.h src/edit/crm_add.c src/edit/crm_row.c src/edit/crm_follow_up.c src/edit/crm_bin.c src/edit/crm_undo.c
libkontor_a_SOURCES += src/edit/combine.c src/edit/combine.h
libkontor_a_SOURCES += src/edit/event.c src/edit/event.h
libkontor_a_SOURCES += src/edit/answer.c src/edit/answer.h
libkontor_a_SOURCES += src/edit/mailed.c src/edit/mailed.h
