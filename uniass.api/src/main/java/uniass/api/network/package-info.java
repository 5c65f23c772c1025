/** The parts of the network, each a service that a run picks by name, and the assembled network. */
@Export
@Version("1.0.0")
package uniass.api.network;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
