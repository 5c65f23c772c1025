/**
 * The metrics: plug-ins that turn anomaly maps and ground truth into metric values. Each declares
 * its name and settings; what several of them need is collected once, in {@link
 * uniass.metrics.curves}.
 */
package uniass.metrics;
