/* SPDX-License-Identifier: Apache-2.0 */
package uniass.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An installed UniAS, at the same place on every machine, and the plug-ins beside it.
 *
 * @param folder of the distribution
 * @param plugins folder of plug-in bundles; empty for none
 * @param sha256 over names and bytes of all bundles
 */
record Distribution(String folder, String plugins, String sha256) implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int BUFFER = 1 << 16;

  /** Reads what a machine has. */
  static Distribution read(Path home, String plugins) {
    if (!Files.isDirectory(home.resolve("app/jar"))) {
      throw new IllegalStateException(
          "no UniAS in " + home + " on this machine; install the same there on all of them (--home)");
    }
    Distribution unknown = new Distribution(home.toString(), plugins, "");
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      List<Path> jars = new ArrayList<>(unknown.bundles());
      jars.addAll(unknown.pluginJars());
      byte[] buffer = new byte[BUFFER];
      for (Path jar : jars) {
        digest.update(jar.getFileName().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try (InputStream in = Files.newInputStream(jar)) {
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
          }
        }
      }
      return new Distribution(home.toString(), plugins, HexFormat.of().formatHex(digest.digest()));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(home + " cannot be read: " + e.getMessage(), e);
    }
  }

  Path home() {
    return Path.of(folder);
  }

  /** Refuses a machine whose bundles are not those of the driver. */
  void refuseOther(Distribution here) {
    if (!Objects.equals(sha256, here.sha256)) {
      throw new IllegalStateException(
          "another UniAS or other plug-ins in %s than on the driver's machine (SHA-256 %.12s..., not %.12s...): results would not compare; install the same on all"
              .formatted(folder, here.sha256, sha256));
    }
  }

  List<Path> bundles() {
    return jars(home().resolve("app/jar")).stream()
        .filter(jar -> !jar.getFileName().toString().startsWith("biz.aQute.launcher"))
        .filter(jar -> !jar.getFileName().toString().startsWith("org.apache.felix.framework"))
        .filter(jar -> !Host.leftOut(jar))
        .toList();
  }

  List<Path> pluginJars() {
    return plugins.isEmpty() ? List.of() : jars(Path.of(plugins));
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(folder + " cannot be read: " + e.getMessage(), e);
    }
  }
}
