/**
 * TensorBoard's files. Written by hand, because its own writers bring all of TensorFlow or a
 * generated protobuf class for each message, and these are five.
 */
@Export
@Version("1.0.0")
package uniass.io.events;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
