/** Data sets: who reads them, what an image is, and how images become tensors. */
@Export
@Version("1.0.0")
package uniass.api.data;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
