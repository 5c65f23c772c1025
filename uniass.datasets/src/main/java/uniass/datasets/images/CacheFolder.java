package uniass.datasets.images;

import java.nio.file.Path;

/** Where the cache lies. */
final class CacheFolder {

  private static final String OFF = "off";

  private CacheFolder() {}

  /**
   * Chooses the folder.
   *
   * @param configured by ConfigAdmin, or empty
   * @param property {@code uniass.cache}, or null
   * @param xdg the environment's {@code XDG_CACHE_HOME}, or null
   * @param home the user's home folder
   * @return the folder, or null for no cache
   */
  static Path choose(String configured, String property, String xdg, String home) {
    String wanted = !configured.isBlank() ? configured : property == null ? "" : property;
    if (wanted.strip().equals(OFF)) {
      return null;
    }
    if (!wanted.isBlank()) {
      return Path.of(wanted.strip());
    }
    Path base = xdg != null && Path.of(xdg).isAbsolute() ? Path.of(xdg) : Path.of(home, ".cache");
    return base.resolve("uniass").resolve("images");
  }
}
