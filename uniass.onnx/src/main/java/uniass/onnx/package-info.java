/** Runs ONNX files with ONNX Runtime, and inspects images with exported models. */
@Export
@Version("1.0.0")
package uniass.onnx;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
