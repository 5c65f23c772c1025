/** What the bundles that tests make import. */
@Export
@Version("1.0.0")
package uniass.itest.plugin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
