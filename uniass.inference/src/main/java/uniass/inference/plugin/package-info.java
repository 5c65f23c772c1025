/** Finds plug-ins by type and name. */
@Export
@Version("1.0.0")
package uniass.inference.plugin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
