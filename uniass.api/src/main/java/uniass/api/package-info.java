/** What all contracts share: errors that a user reads. */
@Export
@Version("1.0.0")
package uniass.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
