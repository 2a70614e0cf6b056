# What developers type; ./weir is what users type.
JDK := $(shell ./weir --jdk)
MVN = JAVA_HOME=$(JDK) mvn -B

.PHONY: help check fmt test it bench bench-check clean

help:
	@echo "make check   what CI runs: format, warnings as errors, unit tests, integration tests"
	@echo "make fmt     format the sources"
	@echo "make test    unit tests only"
	@echo "make it      integration tests against real nginx"
	@echo "make bench   memory, CPU, fan-out and latency as ratios against a do-nothing server; ARGS='--only idle'"
	@echo "make bench-check   the benchmarks measure their own yardstick"
	@echo "make clean   remove everything that was built"

check:
	./weir test

fmt:
	$(MVN) -q spotless:apply

test:
	$(MVN) -q test

it:
	$(MVN) -q verify -Dgate.skip -Dunit.skip=true

bench:
	./weir --version >/dev/null
	$(JDK)/bin/java bench/Bench.java $(ARGS)

bench-check:
	$(JDK)/bin/java bench/SelfCheck.java

clean:
	$(MVN) -q clean
	rm -rf target bench/bin
