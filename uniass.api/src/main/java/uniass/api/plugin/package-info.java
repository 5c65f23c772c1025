/** How a part is named, found and configured. */
@Export
@Version("1.0.0")
package uniass.api.plugin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
