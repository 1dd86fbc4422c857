GO ?= go

.PHONY: help test test-modules test-purego race fuzz soak lint vulncheck tidy generate check-generated builds bench bench-full

help: ## print this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

# Examples with heavy dependencies are modules of their own.
MODULES := $(patsubst %/go.mod,%,$(wildcard examples/*/go.mod))

test: ## run the tests: what README calls
	$(GO) test ./...
	$(MAKE) test-modules

test-modules: ## run the tests of the examples that are modules of their own
	for m in $(MODULES); do $(GO) -C $$m test ./... || exit 1; done

test-purego: ## run the matcher's tests without its assembly
	$(GO) test -tags purego ./matcher

# Not those of the generators, the tables and the benchmarks: they have one
# goroutine. -short asks the oracles of one goroutine less often.
race: ## run the tests with the race detector
	$(GO) test -race -short -timeout 20m $$($(GO) list ./... | grep -v -e '/internal/gen$$' -e '/internal/tables$$' -e '/bench')

FUZZTIME ?= 20s

fuzz: ## run every fuzz target for FUZZTIME
	.ci/fuzz $(FUZZTIME)

SOAK ?= 10m

soak: ## attack everything for about SOAK, with the race detector
	.ci/soak $(SOAK)

lint: ## gofmt, vet and staticcheck
	@test -z "$$(gofmt -l .)" || { echo "gofmt would change:"; gofmt -l .; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	for m in $(MODULES); do $(GO) -C $$m vet ./... && $(GO) -C $$m mod tidy -diff || exit 1; done

vulncheck: ## look for known vulnerabilities in what is called; needs the network
	.ci/vulncheck

tidy: ## bring go.mod of all modules up to date
	$(GO) mod tidy
	for m in $(MODULES); do $(GO) -C $$m mod tidy || exit 1; done

generate: ## make the generated files again
	$(GO) generate ./...

check-generated: generate ## fail if a generated file is not up to date
	@git diff --exit-code --stat -- '*_gen.go' docs || { echo "generated files changed: commit them"; exit 1; }

builds: ## build for the other platforms
	GOOS=linux GOARCH=arm64 $(GO) build ./...
	GOOS=darwin GOARCH=arm64 $(GO) build ./...
	GOOS=windows GOARCH=amd64 $(GO) build ./...
	GOOS=js GOARCH=wasm $(GO) build ./...

bench: ## measure beside other engines, about a minute
	$(GO) run ./bench

bench-full: ## the same at full length, into bench/results and README
	$(GO) run ./bench -full -results bench/results -readme README.md
