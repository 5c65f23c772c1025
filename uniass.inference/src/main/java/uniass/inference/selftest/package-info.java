/**
 * A test that runs in the product itself: the real network on a device, held against numbers that
 * were computed elsewhere.
 */
@Export
@Version("1.0.0")
package uniass.inference.selftest;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
