package dev.weir.gateway.hostile;

/** How a hostile client reaches the gateway. */
enum Way {
    DIRECT,
    TWO_HOPS
}
