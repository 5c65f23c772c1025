package uniass.inference;

/** A map of scores, height x width, row-major. */
record AnomalyMap(int height, int width, float[] values) {}
