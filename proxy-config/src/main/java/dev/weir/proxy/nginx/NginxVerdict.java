package dev.weir.proxy.nginx;

import java.util.List;

/**
 * What nginx itself said about a configuration.
 *
 * @param accepted whether it would start
 * @param complaints what it said, traced back to the template
 * @param output everything it printed
 */
public record NginxVerdict(boolean accepted, List<NginxComplaint> complaints, String output) {}
