/** Model files. */
@Export
@Version("1.0.0")
package uniass.api.checkpoint;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
