/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import java.io.IOException;
import java.io.InputStream;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.data.Normalization;

/** Pretrained weights that travel as a bundle. */
@ConsumerType
public interface PretrainedWeights {

  /** The architecture they belong to, as {@link Backbone#architecture} names it. */
  String architecture();

  /** Origin and licence in one line, for reports. */
  String origin();

  /** The normalization they were trained with. */
  Normalization normalization();

  /** SHA-256 of the file, in hexadecimal. */
  String checksum();

  /** Opens the safetensors file; keys are relative to the backbone's scope. */
  InputStream open() throws IOException;
}
