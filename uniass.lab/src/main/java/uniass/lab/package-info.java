/** Studies: many variants of an experiment, trained, evaluated and compared. */
@Export
@Version("1.0.0")
package uniass.lab;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
