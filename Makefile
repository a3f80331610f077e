# nape: see README.md. `make demo` and `make test` install what is missing and do the rest.

PREFIX ?= /usr/local
# Not every shell replaces the ~ of PREFIX=~/.local.
override PREFIX := $(patsubst ~/%,$(HOME)/%,$(PREFIX))
DESTDIR ?=
bindir = $(PREFIX)/bin
# systemd and D-Bus look here, whatever the prefix is; for a home, `make install PREFIX=~/.local`.
inhome = $(and $(HOME),$(filter $(HOME)/%,$(PREFIX)))
userunitdir = $(if $(inhome),$(HOME)/.config/systemd/user,$(PREFIX)/lib/systemd/user)
servicedir = $(PREFIX)/share/dbus-1/services
interfacedir = $(PREFIX)/share/dbus-1/interfaces
catalogdir = $(PREFIX)/lib/systemd/catalog
docdir = $(PREFIX)/share/doc/nape
picturedir = $(PREFIX)/share/nape/pictures
icondir = $(PREFIX)/share/icons/hicolor/scalable/apps
applicationdir = $(PREFIX)/share/applications

SWIFT = swift
# A folder that holds nothing but the static libstdc++ makes the linker take that one: a megabyte less in memory.
CXX_FOLDER = .build/static-libstdc++
RELEASE = -c release --static-swift-stdlib -Xlinker -s -Xlinker -L$(CURDIR)/$(CXX_FOLDER)
BUILT = .build/release
PYTHON = PYTHONNOUSERSITE=1 PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3

BUILD_PACKAGES = pkg-config libsystemd-dev libsqlite3-dev
DEMO_PACKAGES = dbus-daemon
TEST_PACKAGES = dbus-daemon dbus-bin python3-pip python3-pytest python3-pytest-xdist python3-dbusmock python3-dbus python3-gi libglib2.0-bin tzdata gcc \
  xvfb xdotool dunst xfce4-notifyd xfconf imagemagick sway mako-notifier wtype grim mutter fonts-dejavu-core \
  libglib2.0-dev-bin systemd-journal-remote librsvg2-bin librsvg2-common chromium poppler-utils python3-html5lib \
  python3-jsonschema fonts-noto-core fonts-liberation
SYSTEM_PACKAGES = systemd systemd-sysv dbus dbus-user-session libpam-systemd libnss-systemd polkitd systemd-journal-remote curl

.PHONY: all
all: release

.PHONY: release
release:
	@Scripts/install-packages $(BUILD_PACKAGES)
	@mkdir -p $(CXX_FOLDER)
	@ln -sf "$$($$(dirname "$$(command -v $(SWIFT))")/clang -print-file-name=libstdc++.a)" $(CXX_FOLDER)/libstdc++.a
	$(SWIFT) build $(RELEASE) --product naped
	$(SWIFT) build $(RELEASE) --product nape

.PHONY: demo
demo:
	@Scripts/install-packages $(BUILD_PACKAGES) $(DEMO_PACKAGES)
	@$(MAKE) --no-print-directory release
	@$(BUILT)/nape demo

# Unit and scenario tests, the laws, then the real daemon against real parts; one closing count.
.PHONY: test
test:
	@Scripts/install-packages $(BUILD_PACKAGES) $(TEST_PACKAGES)
	@$(MAKE) --no-print-directory $(VALIDATORS) release laws
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
	@$(MAKE) --no-print-directory release
	$(PYTHON) -m pytest -p no:cacheprovider -q -n 3 Tests/System

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

.PHONY: install
install:
	install -D -m 755 $(BUILT)/naped $(DESTDIR)$(bindir)/naped
	install -D -m 755 $(BUILT)/nape $(DESTDIR)$(bindir)/nape
	install -d $(DESTDIR)$(userunitdir) $(DESTDIR)$(servicedir)
	sed 's|@bindir@|$(bindir)|; s|@docdir@|$(docdir)|g' systemd/nape.service.in > $(DESTDIR)$(userunitdir)/nape.service
	sed 's|@bindir@|$(bindir)|' systemd/io.github.nape.Nape1.service.in \
	  > $(DESTDIR)$(servicedir)/io.github.nape.Nape1.service
	install -D -m 644 systemd/io.github.nape.Nape1.xml $(DESTDIR)$(interfacedir)/io.github.nape.Nape1.xml
	install -D -m 644 systemd/nape.catalog $(DESTDIR)$(catalogdir)/nape.catalog
	install -d $(DESTDIR)$(picturedir)
	install -m 644 Pictures/e[0-9][0-9].svg $(DESTDIR)$(picturedir)
	install -D -m 644 Pictures/io.github.nape.svg $(DESTDIR)$(icondir)/io.github.nape.svg
	install -D -m 644 systemd/io.github.nape.desktop $(DESTDIR)$(applicationdir)/io.github.nape.desktop
	install -D -m 644 Config/nape.toml $(DESTDIR)$(docdir)/nape.toml
	install -D -m 644 README.md $(DESTDIR)$(docdir)/README.md
	install -D -m 644 docs/programmes.md $(DESTDIR)$(docdir)/docs/programmes.md
	install -D -m 644 docs/fleet.md $(DESTDIR)$(docdir)/docs/fleet.md
	install -D -m 644 docs/import.md $(DESTDIR)$(docdir)/docs/import.md
	install -D -m 644 docs/exports.md $(DESTDIR)$(docdir)/docs/exports.md
	install -D -m 644 docs/warning-signs.md $(DESTDIR)$(docdir)/docs/warning-signs.md
	install -D -m 644 Config/warning-signs.toml $(DESTDIR)$(docdir)/Config/warning-signs.toml
	install -D -m 644 Config/medicines.toml $(DESTDIR)$(docdir)/Config/medicines.toml
	install -D -m 644 systemd/50-namespaces.conf $(DESTDIR)$(docdir)/50-namespaces.conf
	install -D -m 644 LICENSE $(DESTDIR)$(docdir)/LICENSE

# The diary and the settings of the people stay: in a home, the diary is in the folder above the pictures.
.PHONY: uninstall
uninstall:
	rm -f $(DESTDIR)$(bindir)/naped $(DESTDIR)$(bindir)/nape $(DESTDIR)$(userunitdir)/nape.service
	rm -f $(DESTDIR)$(servicedir)/io.github.nape.Nape1.service
	rm -f $(DESTDIR)$(interfacedir)/io.github.nape.Nape1.xml $(DESTDIR)$(catalogdir)/nape.catalog
	rm -f $(DESTDIR)$(icondir)/io.github.nape.svg $(DESTDIR)$(applicationdir)/io.github.nape.desktop
	rm -rf $(DESTDIR)$(docdir) $(DESTDIR)$(picturedir)
	-rmdir --ignore-fail-on-non-empty $(DESTDIR)$(dir $(picturedir))

.PHONY: clean
clean:
	rm -rf .build
