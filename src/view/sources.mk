# Files of src/view.
libkontor_a_SOURCES += src/view/place.c src/view/place.h
libkontor_a_SOURCES += src/view/target.c src/view/scope.c src/view/target.h
libkontor_a_SOURCES += src/view/list.c src/view/changes.c src/view/list.h
libkontor_a_SOURCES += src/view/token.c src/view/token.h
