/** Inspecting images with a trained model: what an embedding program calls. */
@Export
@Version("1.0.0")
package uniass.api.inspection;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
