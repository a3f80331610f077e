# nape: see README.md. `make demo` and `make test` install what is missing and do the rest.

PREFIX ?= /usr/local
# Not every shell replaces the ~ of PREFIX=~/.local.
override PREFIX := $(patsubst ~/%,$(HOME)/%,$(PREFIX))
DESTDIR ?=
# systemd and D-Bus look here, whatever the prefix is; for a home, `make install PREFIX=~/.local`.
inhome = $(and $(HOME),$(filter $(HOME)/%,$(PREFIX)))
userunitdir = $(if $(inhome),$(HOME)/.config/systemd/user,$(PREFIX)/lib/systemd/user)
bindir = $(PREFIX)/bin
catalogdir = $(PREFIX)/lib/systemd/catalog
datadir = $(PREFIX)/share
docdir = $(datadir)/doc/nape
zshdir = $(datadir)/zsh/site-functions

SWIFT = swift
# A folder that holds nothing but the static libstdc++ makes the linker take that one: a megabyte less in memory.
CXX_FOLDER = .build/static-libstdc++
RELEASE = -c release --disable-local-rpath --static-swift-stdlib -Xlinker -s -Xlinker -z -Xlinker now -Xlinker -L$(CURDIR)/$(CXX_FOLDER)
BUILT = .build/release
PYTHON = PYTHONNOUSERSITE=1 PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3

DEB_PACKAGES = debhelper fakeroot
BUILD_PACKAGES = pkg-config libsystemd-dev libsqlite3-dev python3
DEMO_PACKAGES = dbus-daemon
TEST_PACKAGES = dbus-daemon dbus-bin python3-pip python3-pytest python3-pytest-xdist python3-dbusmock python3-dbus python3-gi libglib2.0-bin tzdata gcc \
  xvfb xdotool dunst xfce4-notifyd xfconf imagemagick sway mako-notifier wtype grim mutter fonts-dejavu-core \
  libglib2.0-dev-bin systemd-journal-remote librsvg2-bin librsvg2-common chromium poppler-utils python3-html5lib \
  python3-jsonschema fonts-noto-core fonts-liberation mandoc bash-completion zsh fish appstream desktop-file-utils git
SYSTEM_PACKAGES = systemd systemd-sysv dbus dbus-user-session libpam-systemd libnss-systemd polkitd systemd-journal-remote curl \
  lintian man-db $(DEB_PACKAGES)

.PHONY: all
all: release

.PHONY: release
release:
	@Scripts/install-packages $(BUILD_PACKAGES)
	@$(MAKE) --no-print-directory static-libstdc++
	$(SWIFT) build $(RELEASE) --product naped
	$(SWIFT) build $(RELEASE) --product nape
	@$(MAKE) --no-print-directory $(MADE_FILES)

.PHONY: static-libstdc++
static-libstdc++:
	@mkdir -p $(CXX_FOLDER)
	@ln -sf "$$($$(dirname "$$(command -v $(SWIFT))")/clang -print-file-name=libstdc++.a)" $(CXX_FOLDER)/libstdc++.a

# Manual pages, completions and the schema of the settings: the program tells what is in them.
MADE = .build/made
MADE_FILES = $(addprefix $(MADE)/,nape.1.in nape.toml.5.in nape.schema.json bash/nape zsh/_nape fish/nape.fish)

$(BUILT)/nape $(BUILT)/naped:
	@echo "$@ is missing: make release" >&2; exit 1

$(MADE)/nape.1.in: Scripts/man-pages docs/man/nape.1.in $(BUILT)/nape
	@mkdir -p $(@D)
	@$(BUILT)/nape --experimental-dump-help | $(PYTHON) Scripts/man-pages commands docs/man/nape.1.in >$@.new
	@mv $@.new $@

$(MADE)/nape.toml.5.in: Scripts/man-pages docs/man/nape.toml.5.in $(MADE)/nape.schema.json
	@$(PYTHON) Scripts/man-pages settings docs/man/nape.toml.5.in <$(MADE)/nape.schema.json >$@.new
	@mv $@.new $@

$(MADE)/nape.schema.json: $(BUILT)/nape
	@mkdir -p $(@D)
	@$(BUILT)/nape config schema >$@.new
	@mv $@.new $@

$(MADE)/bash/nape $(MADE)/zsh/_nape $(MADE)/fish/nape.fish: $(BUILT)/nape
	@mkdir -p $(@D)
	@$(BUILT)/nape --generate-completion-script $(notdir $(@D)) | sed '1{/^#!/d}' >$@.new
	@mv $@.new $@

.PHONY: demo
demo:
	@Scripts/install-packages $(BUILD_PACKAGES) $(DEMO_PACKAGES)
	@$(MAKE) --no-print-directory release
	@$(BUILT)/nape demo

# Unit and scenario tests, the laws, then the real daemon against real parts; one closing count.
.PHONY: test
test:
	@Scripts/install-packages $(BUILD_PACKAGES) $(TEST_PACKAGES)
	@$(MAKE) --no-print-directory $(VALIDATORS) static-libstdc++
	$(SWIFT) build $(RELEASE)
	@$(MAKE) --no-print-directory release
	@Scripts/run-tests

# Two readers of FHIR R4, for Tests/Integration/test_export.py; neither asks the network for anything.
VALIDATORS = .build/validators/.installed
$(VALIDATORS):
	@$(PYTHON) -m pip install --quiet --no-input --root-user-action ignore --disable-pip-version-check \
	  --target $(@D) fhirkit-rs==0.1.0 fhir.resources==8.3.0
	@touch $@

# The laws of the ledger, as the tests run them; by hand: .build/release/laws EVENTS SEED
.PHONY: laws
laws:
	$(SWIFT) build $(RELEASE) --product laws

# A real systemd, journald and logind around the installed unit; needs root.
.PHONY: test-system
test-system:
	@Scripts/install-packages $(BUILD_PACKAGES) $(TEST_PACKAGES) $(SYSTEM_PACKAGES)
	@LEVEL=1 $(MAKE) --no-print-directory deb
	$(PYTHON) -m pytest -p no:cacheprovider -q -n 4 Tests/System

# The package on a Debian 12 without Swift, made for it; needs root.
.PHONY: test-deb
test-deb:
	@Scripts/install-packages mmdebstrap
	@$(MAKE) --no-print-directory deb
	Tests/Support/clean-debian .build/deb/*.deb

# Each reader of what comes from outside on inputs made from the kept ones, for so many seconds.
FUZZ_SECONDS = 60
.PHONY: fuzz
fuzz:
	@Scripts/install-packages $(BUILD_PACKAGES) tzdata
	@Scripts/fuzz all $(FUZZ_SECONDS)

.PHONY: lint
lint:
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

.PHONY: bench
bench:
	@Scripts/install-packages $(BUILD_PACKAGES) dbus-daemon gcc mutter python3-dbus
	@$(MAKE) --no-print-directory release
	@$(PYTHON) Tests/Bench/bench.py
	@$(PYTHON) Tests/Bench/review.py

# What is installed: a folder, then what goes into it. NAME.in becomes NAME, with its @words@ filled in.
define INSTALLED
$(bindir) $(BUILT)/nape $(BUILT)/naped
$(userunitdir) systemd/nape.service.in
$(datadir)/dbus-1/services systemd/io.github.nape.Nape1.service.in
$(datadir)/dbus-1/interfaces systemd/io.github.nape.Nape1.xml
$(catalogdir) systemd/nape.catalog
$(datadir)/man/man1 $(MADE)/nape.1.in
$(datadir)/man/man5 $(MADE)/nape.toml.5.in
$(datadir)/man/man8 docs/man/naped.8.in
$(datadir)/bash-completion/completions $(MADE)/bash/nape
$(datadir)/fish/vendor_completions.d $(MADE)/fish/nape.fish
$(zshdir) $(MADE)/zsh/_nape
$(datadir)/applications Packaging/io.github.nape.desktop
$(datadir)/metainfo Packaging/io.github.nape.metainfo.xml
$(datadir)/icons/hicolor/scalable/apps Pictures/io.github.nape.svg
$(datadir)/nape $(MADE)/nape.schema.json
$(datadir)/nape/pictures $(wildcard Pictures/e[0-9][0-9].svg)
$(docdir) README.md LICENSE systemd/50-namespaces.conf
$(docdir)/Config Config/nape.toml Config/warning-signs.toml Config/medicines.toml
$(docdir)/docs docs/exports.md docs/fleet.md docs/import.md docs/programmes.md docs/warning-signs.md
$(docdir)/docs/decisions $(wildcard docs/decisions/*.md)
endef

.PHONY: install uninstall
install uninstall: export INSTALLED := $(INSTALLED)
install uninstall: export WORDS := s|@bindir@|$(bindir)|g; s|@docdir@|$(docdir)|g; s|@datadir@|$(datadir)|g; \
  s|@userunitdir@|$(userunitdir)|g
install uninstall: export OWN := $(docdir) $(datadir)/nape
install: $(BUILT)/nape $(BUILT)/naped $(MADE_FILES)
	@Scripts/install-files install '$(DESTDIR)'

# The diary and the settings of the people stay: in a home, the diary is in the folder above the pictures.
uninstall:
	@Scripts/install-files uninstall '$(DESTDIR)'

# Packages.
VERSION = $(shell sed -n 's/.*string = "\(.*\)"/\1/p' Sources/NapeCore/NapeVersion.swift)

.PHONY: deb
deb:
	@Scripts/install-packages $(BUILD_PACKAGES) $(DEB_PACKAGES)
	@$(MAKE) --no-print-directory release
	@rm -rf .build/deb
	@mkdir -p .build/deb/nape
	@cp -r Packaging/debian .build/deb/nape/debian
	cd .build/deb/nape && SOURCE='$(CURDIR)' dpkg-buildpackage -b -us -uc >../log 2>&1 || { cat ../log; exit 1; }
	@ls .build/deb/*.deb

# The committed source; the same commit gives the same bytes.
.PHONY: dist
dist:
	@mkdir -p .build/dist
	git -c tar.umask=0022 archive --format=tar --prefix=nape-$(VERSION)/ -o .build/dist/nape-$(VERSION).tar HEAD
	gzip -9nf .build/dist/nape-$(VERSION).tar
	@cd .build/dist && sha256sum nape-$(VERSION).tar.gz

.PHONY: clean
clean:
	rm -rf .build
