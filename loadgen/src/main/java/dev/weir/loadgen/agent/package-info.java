/**
 * Agents: groups of client connections that do as they are told, in this process, in a child process or on another machine.
 * One interface; results merge by addition.
 */
@NullMarked
package dev.weir.loadgen.agent;

import org.jspecify.annotations.NullMarked;
