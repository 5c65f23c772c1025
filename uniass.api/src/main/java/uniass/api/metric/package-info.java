/** Metrics over anomaly maps. */
@Export
@Version("1.0.0")
package uniass.api.metric;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
