/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import uniass.api.UniassException;
import uniass.io.Outputs;

/** A model inside a jar or bundle. Java's own verification checks its signature. */
final class ModelJar {

  /** Ending of a model's file. */
  static final String ENDING = ".safetensors";

  private ModelJar() {}

  /**
   * Writes the jar's one model to a stream.
   *
   * @return who signed it; none if nobody did
   * @throws UniassException if there is no model, or another one than was signed
   */
  static List<CodeSigner> extract(Path jar, OutputStream to) {
    try (JarFile file = new JarFile(jar.toFile(), true)) {
      List<JarEntry> models =
          file.stream().filter(e -> !e.isDirectory() && e.getName().endsWith(ENDING)).toList();
      if (models.size() != 1) {
        throw new UniassException(
            "the jar has %d files that end in %s; it must have one"
                .formatted(models.size(), ENDING));
      }
      JarEntry model = models.get(0);
      try (InputStream in = file.getInputStream(model)) {
        in.transferTo(to); // the signature is verified while the entry is read
      }
      CodeSigner[] signers = model.getCodeSigners();
      return signers == null ? List.of() : List.of(signers);
    } catch (SecurityException e) {
      throw new UniassException("the jar was changed after it was signed: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UniassException("the jar cannot be read: " + Outputs.reason(e), e);
    }
  }
}
