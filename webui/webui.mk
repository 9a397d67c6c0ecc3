# The browser's pages: made by node where it is there (configure --with-webui), else those of the release are taken.
# They are made beside their sources: that is where a server that is not installed looks for them.
WEBUI = $(srcdir)/webui

.PHONY: webui
all-local: webui
if WEBUI_BUILD
# Without npm's registry the rest of Kontor still builds; asked for by --with-webui=build it is a must.
webui:
	@cd $(WEBUI) && { test node_modules/.package-lock.json -nt package-lock.json || \
		{ echo "  NPM      webui"; npm ci --silent --no-progress; }; } && \
	{ test -e dist/index.html && test -z "`find src *.json *.mjs index.html -newer dist/index.html`" || \
		{ echo "  GEN      webui/dist"; npm run --silent build; }; } || $(WEBUI_FAILED)
else
webui:
endif

if WEBUI_INSTALL
install-data-hook:
	$(MKDIR_P) "$(DESTDIR)$(pkgdatadir)/webui"
	test ! -d $(WEBUI)/dist || for file in $(WEBUI)/dist/*; do \
		$(INSTALL_DATA) "$$file" "$(DESTDIR)$(pkgdatadir)/webui/" || exit 1; done
uninstall-hook:
	rm -rf "$(DESTDIR)$(pkgdatadir)/webui"
endif

EXTRA_DIST += webui/package.json webui/package-lock.json webui/.npmrc webui/tsconfig.json webui/build.mjs \
	webui/index.html
dist-hook:
	cp -R $(WEBUI)/src $(distdir)/webui/
	test ! -d $(WEBUI)/dist || cp -R $(WEBUI)/dist $(distdir)/webui/
	chmod -R u+w $(distdir)/webui
