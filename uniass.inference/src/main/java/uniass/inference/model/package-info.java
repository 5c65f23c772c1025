/** Builds networks and opens model files. */
@Export
@Version("1.0.0")
package uniass.inference.model;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
