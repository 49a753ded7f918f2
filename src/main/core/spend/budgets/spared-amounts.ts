/**
 * What runs leave of the budgets to the run beside them, in nano-USD, by the id of the run that leaves it: of two models that were asked
 * about together the first must not take what the second needs. Kept only until the first one's answer is under way.
 */
export type SparedAmounts = Map<string, number>;
