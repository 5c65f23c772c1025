/** Opens models and inspects images. */
@Export
@Version("1.0.0")
package uniass.inference;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
