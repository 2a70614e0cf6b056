// Ends the probe with a message on standard error.
#pragma once

enum { EXIT_INCOMPLETE = 1, EXIT_USAGE = 2, EXIT_ENVIRONMENT = 4 };

_Noreturn void fail(int code, const char *form, ...) __attribute__((format(printf, 2, 3)));
