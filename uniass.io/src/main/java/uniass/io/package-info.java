/**
 * Files that are written completely or not at all, output folders and their locks, NumPy arrays.
 */
@Export
@Version("1.0.0")
package uniass.io;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
