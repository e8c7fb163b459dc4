# make run · make test · make bench · make audit · make sqlx · make pictures.
# Each installs what it needs first (make setup).

SHELL := /bin/bash
.DELETE_ON_ERROR:
CARGO ?= cargo
DATA ?= data/training
LISTEN ?= 127.0.0.1:8080

.PHONY: run test setup build lint bench bench-pdf audit sqlx schema pictures mutants fuzz

run: setup
	$(CARGO) run --locked --bin madoguchi -- serve --training --data $(DATA) --listen $(LISTEN)

test: setup lint
	$(CARGO) build --locked --bin madoguchi
	$(CARGO) test --locked --workspace

build: setup
	$(CARGO) build --locked --bin madoguchi

lint:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings

setup:
	@scripts/setup

bench: build bench-pdf
	$(CARGO) run --locked --package office-tests --bin bench

# The same letter by the office, krilla, Typst and ReportLab. A workspace of its own; Python's two in a directory of theirs.
BENCH_PDF := target/bench-pdf
bench-pdf: setup
	test -x $(BENCH_PDF)/venv/bin/python || python3 -m venv $(BENCH_PDF)/venv
	$(BENCH_PDF)/venv/bin/pip install --quiet --requirement tests/bench-pdf/requirements.txt \
		|| echo "PyPI could not be reached: Typst and ReportLab are left out." >&2
	BENCH_DIR=$(BENCH_PDF)/out BENCH_PYTHON=$(BENCH_PDF)/venv/bin/python $(CARGO) run --locked --release \
		--manifest-path tests/bench-pdf/Cargo.toml --target-dir $(BENCH_PDF)

audit:
	$(CARGO) deny --version >/dev/null 2>&1 || $(CARGO) install --locked cargo-deny
	$(CARGO) deny check bans licenses sources
	$(CARGO) deny check advisories || echo "The advisory database could not be reached or has findings: see above."

# The queries' types, for building without a database. Run it after changing a query or a migration.
sqlx: schema
	rm -rf .sqlx && mkdir -p .sqlx
	touch server/src/lib.rs
	SQLX_OFFLINE=false SQLX_OFFLINE_DIR=$(CURDIR)/.sqlx DATABASE_URL=sqlite://$(CURDIR)/target/schema.db $(CARGO) check --package server

schema:
	@mkdir -p target && rm -f target/schema.db
	@for m in migrations/*.sql; do sqlite3 target/schema.db < $$m; done

# The README's pictures, taken by the browser test and from the sample papers.
pictures: build
	$(CARGO) test --locked --package office-tests --test browser a_renewal
	$(CARGO) test --locked --package office-tests --test browser two_visits
	$(CARGO) run --locked --package forms --example sample -- target/pictures/paper
	cp target/pictures/renewal/04-resident.png docs/pictures/resident.png
	cp target/pictures/renewal/06-application.png docs/pictures/case.png
	cp target/pictures/two-visits/05-board.png docs/pictures/proxies.png
	pdftoppm -r 70 -png -singlefile target/pictures/paper/notice.pdf docs/pictures/notice
	mkdir -p docs/pictures/paper
	for file in target/pictures/paper/*.pdf; do pdftoppm -r 50 -l 2 -png "$$file" "docs/pictures/paper/$$(basename "$$file" .pdf)"; done

# Does a test notice each change to a rule? More than an hour on two cores, so not a part of `make test`.
mutants:
	$(CARGO) mutants --version >/dev/null 2>&1 || $(CARGO) install --locked cargo-mutants
	scripts/mutants

# Everything that takes bytes from outside (a card, an issuer, a file, a browser, a scanner, a script), five minutes each unless told otherwise. The flags are those of
# libFuzzer's coverage; with --target they stay away from build scripts and macros.
FUZZ := target/fuzz
FUZZ_SECONDS ?= 300
FUZZ_TARGETS ?= card_answers certificates issuer_commands issuer_answers channel virtual_card \
	tlv csv_import dates search_words wordings headers form_bodies scanned_codes barcodes calc_lines
FUZZ_FLAGS := --cfg fuzzing --cfg erase_components -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
	-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
	-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1
FUZZ_BUILD := $(CARGO) build --locked --release --manifest-path tests/fuzz/Cargo.toml --target-dir $(FUZZ) \
	--target x86_64-unknown-linux-gnu
fuzz: setup
	RUSTFLAGS="$(FUZZ_FLAGS)" $(FUZZ_BUILD) $(FUZZ_TARGETS:%=--bin %)
	$(CARGO) run --locked --release --manifest-path tests/fuzz/Cargo.toml --target-dir $(FUZZ) --bin seeds -- $(FUZZ)/corpus
	@for target in $(FUZZ_TARGETS); do \
		echo "$$target"; mkdir -p $(FUZZ)/corpus/$$target $(FUZZ)/found; \
		$(FUZZ)/x86_64-unknown-linux-gnu/release/$$target -max_total_time=$(FUZZ_SECONDS) -timeout=20 -max_len=16384 \
			-print_final_stats=1 -verbosity=0 -artifact_prefix=$(FUZZ)/found/$$target- $(FUZZ)/corpus/$$target || exit 1; \
	done
