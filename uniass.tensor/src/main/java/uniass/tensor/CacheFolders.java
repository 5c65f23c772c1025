/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a user's files lie that can be made again: in {@code $XDG_CACHE_HOME/uniass}, else in
 * {@code ~/.cache/uniass}. If there is no home folder that can be written, they lie in the
 * temporary folder, and a warning names the variable that sets a better place. It is in this bundle
 * because the engine, below all others, is the first that needs such a folder.
 */
public final class CacheFolders {

  private static final Logger LOG = LoggerFactory.getLogger(CacheFolders.class);

  private final List<Path> homes = new ArrayList<>();
  private final Path temporary;
  private final String user;

  /**
   * Folders for these circumstances.
   *
   * @param xdg the environment's {@code XDG_CACHE_HOME}, or null
   * @param userHome Java's {@code user.home}, which is {@code ?} for a user that is on no list
   * @param home the environment's {@code HOME}, or null
   * @param temporary the folder for temporary files
   * @param user the user's name
   */
  CacheFolders(String xdg, String userHome, String home, Path temporary, String user) {
    if (xdg != null && Path.of(xdg).isAbsolute()) {
      homes.add(Path.of(xdg));
    }
    for (String folder : new String[] {userHome, home}) {
      if (folder != null
          && Path.of(folder).isAbsolute()
          && Files.isDirectory(Path.of(folder))
          && !Path.of(folder).equals(temporary)) {
        homes.add(Path.of(folder, ".cache"));
      }
    }
    this.temporary = temporary;
    this.user = user.matches("[\\w.-]+") ? user : "user";
  }

  /** The folders of the user that runs this process. */
  public static CacheFolders ofUser() {
    return new CacheFolders(
        System.getenv("XDG_CACHE_HOME"),
        System.getProperty("user.home"),
        System.getenv("HOME"),
        Path.of(System.getProperty("java.io.tmpdir")),
        System.getProperty("user.name", ""));
  }

  /**
   * A folder, which is made if need be.
   *
   * @param name its own name, such as {@code images}
   * @param variable the variable that a user sets to choose another folder
   * @throws IllegalStateException if only one of the temporary folder is left and belongs to
   *     somebody else
   */
  public Path folder(String name, String variable) {
    for (Path home : homes) {
      Path folder = home.resolve("uniass").resolve(name);
      if (canBeUsed(folder)) {
        return folder;
      }
    }
    Path folder = temporary.resolve("uniass-" + user);
    LOG.warn(
        "no home folder that can be written: {} may be lost at any time; set {} to a folder of your"
            + " own",
        folder.resolve(name),
        variable);
    refuseAnothersFolder(folder, variable);
    return folder.resolve(name);
  }

  /** A folder that is complete is of use even if it cannot be written. */
  private static boolean canBeUsed(Path folder) {
    try {
      return Files.isDirectory(folder) || Files.isDirectory(Files.createDirectories(folder));
    } catch (IOException e) {
      return false;
    }
  }

  /** In a folder that all users share, somebody else could have put files in wait for this one. */
  private void refuseAnothersFolder(Path folder, String variable) {
    try {
      if (Files.notExists(folder)) {
        Files.createDirectories(folder);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
          Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
      }
      Path mine = Files.createTempFile(temporary, "uniass", null);
      boolean same = Files.getOwner(mine).equals(Files.getOwner(folder));
      Files.delete(mine);
      if (!same || Files.isSymbolicLink(folder)) {
        throw new IllegalStateException(
            folder + " belongs to another user; set " + variable + " to a folder of your own");
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          folder
              + " cannot be written ("
              + e.getMessage()
              + "); set "
              + variable
              + " to a folder of your own",
          e);
    }
  }
}
