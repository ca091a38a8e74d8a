# run: serve the site · test: lint and the whole suite · lint · build: the browser's files · lock: pin dependencies
# A machine needs Python 3.11 or newer, make and git. The rest is fetched once; stamps make the next start quick.

PYTHON ?= $(shell for one in python3 python3.11 python3.12 python3.13 python3.14; do \
	"$$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$one"; break; }; done)
BIN := .venv/bin
PY := $(BIN)/python
JOBS ?= auto

# Networks are flaky; a second try is not a failure.
again = for try in 1 2 3; do $(1) && break; test $$try = 3 && exit 1; echo "Trying again in 5 s."; sleep 5; done
install = $(call again,$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1))

.PHONY: run test test-postgres test-rabbitmq lint check-content build lock prove bench datasets clean
.DELETE_ON_ERROR:

run: export DEVELOPMENT := $(or $(DEVELOPMENT),1)
run: .venv/.run build/.stamp
	@$(PY) manage.py prepare
	@exec $(PY) manage.py serve

test: .venv/.dev build/.stamp lint
	@command -v chromium-headless-shell >/dev/null || sh deploy/packages.sh chromium-headless-shell 2>/dev/null \
		|| command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| sh deploy/packages.sh chromium
	@$(if $(wildcard frontend/*/*.test.js),PATH="$(CURDIR)/$(BIN):$$PATH" node --test $(wildcard frontend/*/*.test.js))
	$(PY) -m pytest -n $(JOBS) --dist worksteal
	@$(MAKE) --no-print-directory test-postgres test-rabbitmq

# The data layer once more, on a PostgreSQL that lives only as long as the tests.
test-postgres: .venv/.dev build/.stamp
	@$(PY) -m tests.postgres --is-installed || sh deploy/packages.sh postgresql
	$(PY) -m tests.postgres $(PY) -m pytest -n $(JOBS) --dist worksteal -m data

# The queue once more, through Celery and a RabbitMQ that lives only as long as the tests.
test-rabbitmq: .venv/.dev build/.stamp
	@$(PY) -m tests.rabbitmq --is-installed || sh deploy/packages.sh rabbitmq-server
	$(PY) -m tests.rabbitmq $(PY) -m pytest -n 0 -m queue

lint: .venv/.dev
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(BIN)/lint-imports
	DEVELOPMENT=1 $(PY) manage.py makemigrations --check --dry-run

# Courses, texts and quizzes of the content folder: every fault with its file and line.
check-content: .venv/.run
	@DEVELOPMENT=1 DATABASE_URL=sqlite://:memory: $(PY) manage.py check_content

# Long proofs: what the suite tries a hundred times is tried thousands of times. `make prove ONLY=hostile` runs some.
prove: .venv/.dev
	@JOBS=$(JOBS) $(PY) -m tests.proofs $(ONLY)

# The engine beside PyTorch, ONNX Runtime and Keras on TensorFlow, which get an environment of their own; then the pages.
bench: .venv/.dev build/.stamp var/bench/.stamp
	var/bench/venv/bin/python -m benchmarks
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| sh deploy/packages.sh chromium
	$(PY) -m benchmarks.pages

var/bench/.stamp: benchmarks/requirements.txt | .venv/bin/python
	@echo "Fetching the peers (PyTorch, ONNX Runtime, TensorFlow, Keras) into var/bench: about 0.6 GB to download and"
	@echo "2.5 GB on disk; up to 3 GB and 8 GB where the package index has PyTorch with CUDA only."
	@mkdir -p var/bench
	@"$(PYTHON)" -m venv var/bench/venv
	@$(call again,var/bench/venv/bin/python -m pip install --quiet --disable-pip-version-check -r $<)
	@touch $@

# Real data sets (iris, wine, breast cancer, handwritten digits), once: scikit-learn carries them, and goes again.
datasets: var/datasets/.stamp

var/datasets/.stamp: deploy/datasets.py deploy/datasets.txt engine/datasets/measured.toml | .venv/bin/python
	@echo "Fetching scikit-learn for a moment: about 60 MB to download."
	@mkdir -p var/datasets
	@"$(PYTHON)" -m venv --clear var/datasets/venv
	@$(call again,var/datasets/venv/bin/python -m pip install --quiet --disable-pip-version-check -r deploy/datasets.txt)
	@PYTHONPATH=. var/datasets/venv/bin/python deploy/datasets.py var/datasets
	@rm -rf var/datasets/venv
	@touch $@

build: .venv/.run build/.stamp

lock: .venv/.dev
	$(COMPILE) --extra postgres pyproject.toml -o requirements.lock
	$(COMPILE) --extra postgres --extra celery pyproject.toml -c requirements.lock -o requirements-celery.lock
	$(COMPILE) --extra postgres --group dev pyproject.toml -c requirements.lock -o requirements-dev.lock
	$(COMPILE) --only-group node -o requirements-node.lock

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

clean:
	rm -rf .venv node_modules build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is not installed. As root: apt-get install -y python3"; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip' 2>/dev/null || \
		sh deploy/packages.sh "python$$("$(PYTHON)" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
	@echo "Making a Python environment in .venv."
	@"$(PYTHON)" -m venv .venv

.venv/.run: requirements.lock | .venv/bin/python
	@echo "Installing Python packages."
	@$(call install,requirements.lock)
	@touch $@

.venv/.dev: requirements-dev.lock | .venv/bin/python
	@echo "Installing Python packages for development."
	@$(call install,requirements-dev.lock)
	@touch $@ .venv/.run

# The machine's own Node serves when it is new enough; otherwise Node comes from the Python package index.
.venv/.node: requirements-node.lock | .venv/bin/python
	@if node -e 'process.exit(+(parseInt(process.versions.node) < 20))' 2>/dev/null && npm --version >/dev/null 2>&1; \
	then :; else echo "Installing Node."; $(call install,requirements-node.lock); fi
	@touch $@

node_modules/.stamp: package.json package-lock.json .npmrc | .venv/.node
	@echo "Installing browser libraries."
	@export PATH="$(CURDIR)/$(BIN):$$PATH"; $(call again,npm ci --ignore-scripts --silent)
	@touch $@

build/.stamp: node_modules/.stamp $(shell find frontend static/css -type f)
	@echo "Building the browser's files."
	@PATH="$(CURDIR)/$(BIN):$$PATH" node frontend/build.mjs
	@touch $@
