/** The HTML report of an evaluation. */
@Export
@Version("1.0.0")
package uniass.report;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
