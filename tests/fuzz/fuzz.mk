# fuzz.mk - every tests/fuzz/fuzz_NAME.c, with the floors below the store, under libFuzzer and the
# sanitizers. Run by run.sh inside its build directory, where config.h is.
#   make -f TOP/tests/fuzz/fuzz.mk TOP=/path/of/source [NAME...]
CC = clang
FLAGS = -g -O1 -std=gnu11 -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=undefined -Wall -Wno-unknown-warning-option
DEPS = libxml-2.0 libical libutf8proc libidn2 libcrypto libcrypt jansson
CPPFLAGS = -I. -I$(TOP)/src -DKONTOR_DATADIR='"$(TOP)"' -DKONTOR_SRCDIR='"$(TOP)"' -MMD
CFLAGS := $(FLAGS) $(shell pkg-config --cflags $(DEPS))
LIBS := $(shell pkg-config --libs $(DEPS)) -lpthread

# Of the CRM what needs no database.
VALUES := noun field value value_list value_text clean key
SOURCES := $(foreach floor,base wire object,$(wildcard $(TOP)/src/$(floor)/*.c)) \
	$(VALUES:%=$(TOP)/src/crm/%.c)
OBJECTS := $(SOURCES:$(TOP)/src/%.c=%.o)
NAMES := $(patsubst $(TOP)/tests/fuzz/fuzz_%.c,%,$(wildcard $(TOP)/tests/fuzz/fuzz_*.c))

all: $(NAMES:%=fuzz_%)
$(NAMES): %: fuzz_%
.PHONY: all $(NAMES)

$(OBJECTS): %.o: $(TOP)/src/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -fsanitize=fuzzer-no-link -c -o $@ $<

$(NAMES:%=fuzz_%.o): fuzz_%.o: $(TOP)/tests/fuzz/fuzz_%.c
	$(CC) $(CPPFLAGS) $(CFLAGS) -fsanitize=fuzzer-no-link -c -o $@ $<

$(NAMES:%=fuzz_%): fuzz_%: fuzz_%.o $(OBJECTS)
	$(CC) $(FLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

-include $(OBJECTS:.o=.d) $(NAMES:%=fuzz_%.d)
