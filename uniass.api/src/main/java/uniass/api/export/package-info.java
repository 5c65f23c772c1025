/** Writing models for other programs, and proof that they compute the same. */
@Export
@Version("1.0.0")
package uniass.api.export;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
