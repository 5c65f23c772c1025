/** Experiments: what their YAML says, typed and checked. */
@Export
@Version("1.0.0")
package uniass.inference.experiment;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
