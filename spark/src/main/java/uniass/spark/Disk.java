/* SPDX-License-Identifier: Apache-2.0 */
package uniass.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The disks that this process writes to; if one is full, another machine may do better. */
final class Disk {

  private static final long FULL = 1 << 20;

  private Disk() {}

  /** Which disk is full, on which machine; empty if there is space for files. */
  static Optional<String> full() {
    for (String folder : List.of(System.getProperty("java.io.tmpdir"), System.getProperty("user.home"))) {
      try {
        if (Files.getFileStore(Path.of(folder)).getUsableSpace() < FULL) {
          return Optional.of(
              "the disk of %s is full (%s); free some space"
                  .formatted(InetAddress.getLocalHost().getHostName(), folder));
        }
      } catch (IOException e) {
        // a folder that is not there cannot be full
      }
    }
    return Optional.empty();
  }
}
