// What descriptors and source ports can carry: chosen where the plan leaves it open, refused with the arithmetic where the
// plan asks for more.
#pragma once
#include "subscribers.h"

enum { WORKERS_MAX = 512, SOURCES_MAX = 254 };

void choose_workers(struct subscriber_plan *plan);
// Half the port range serves each pair of source and destination: the kernel tries the ports of one parity first, and
// connect() becomes a hundred times slower when those are gone. Chosen here, a quarter does.
void choose_sources(struct subscriber_plan *plan);
