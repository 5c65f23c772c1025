/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.metric;

import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.Part;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;

/** A metric of anomaly maps, computed for one category (or any other group) at a time. */
@ConsumerType
@PluginType(PluginType.METRIC)
public interface Metric extends Part {

  /** Starts one group. */
  MetricAccumulator open(MetricContext context, Settings settings);
}
