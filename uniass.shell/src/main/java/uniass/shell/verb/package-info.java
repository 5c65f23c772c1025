/** How other bundles bring commands. */
@Export
@Version("1.0.0")
package uniass.shell.verb;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
