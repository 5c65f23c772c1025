/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.curves;

import uniass.api.metric.MetricAccumulator;

/**
 * Evidence of a category that can also speak for one kind of defect against the category's normal
 * images, so that nothing is collected twice.
 */
public interface PerDefect {

  /** The same evidence, less the images with other defects; never fed itself. */
  MetricAccumulator part(String defect);
}
