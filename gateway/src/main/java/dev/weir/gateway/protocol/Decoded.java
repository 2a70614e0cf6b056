package dev.weir.gateway.protocol;

import java.util.List;
import java.util.Optional;

/**
 * What one frame from a client says.
 *
 * @param commands commands in order, up to the first that could not be read
 * @param fault why reading stopped, or empty when the frame was read to its end; a fault closes with 3501
 */
public record Decoded(List<Command> commands, Optional<String> fault) {}
