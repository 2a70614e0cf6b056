/**
 * One line of the result.
 *
 * @param name what was measured
 * @param gateway the gateway's figure over all runs
 * @param floor the do-nothing server's in the same runs
 * @param ratio by pairs of neighbouring runs where both servers did the same, else the gateway's figure as a share of the bar
 * @param form number form of the two figures, with their unit
 * @param bar what must hold
 * @param isMet whether it does, judged by the median
 */
record Figure(String name, Spread gateway, Spread floor, Spread ratio, String form, String bar, boolean isMet) {}
