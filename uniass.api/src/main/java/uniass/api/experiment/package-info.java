/** Experiments: their description, their commands and what they produce. */
@Export
@Version("1.0.0")
package uniass.api.experiment;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
