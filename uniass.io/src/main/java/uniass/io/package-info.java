/** Files: written whole or not at all, locked folders, NumPy arrays. */
@Export
@Version("1.0.0")
package uniass.io;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
