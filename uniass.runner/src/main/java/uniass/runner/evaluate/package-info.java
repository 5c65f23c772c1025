/** Evaluates models. */
@Export
@Version("1.0.0")
package uniass.runner.evaluate;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
