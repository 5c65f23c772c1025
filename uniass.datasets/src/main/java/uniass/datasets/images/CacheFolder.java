/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.nio.file.Path;
import uniass.tensor.CacheFolders;

/** Where the cache lies. */
final class CacheFolder {

  private static final String OFF = "off";

  private CacheFolder() {}

  /**
   * Chooses the folder.
   *
   * @param configured by ConfigAdmin, or empty
   * @param property {@code uniass.cache}, or null
   * @return the folder, or null for no cache
   */
  static Path choose(String configured, String property) {
    String wanted = !configured.isBlank() ? configured : property == null ? "" : property;
    if (wanted.strip().equals(OFF)) {
      return null;
    }
    if (!wanted.isBlank()) {
      return Path.of(wanted.strip());
    }
    return CacheFolders.ofUser().folder("images", "UNIASS_IMAGES (or uniass.cache)");
  }
}
