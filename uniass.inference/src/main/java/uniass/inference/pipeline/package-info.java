/** From images to anomaly maps. */
@Export
@Version("1.0.0")
package uniass.inference.pipeline;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
