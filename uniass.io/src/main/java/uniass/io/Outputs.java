/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;

/** Folders and files that commands write. */
public final class Outputs {

  /** Lies in folders of images that were computed, so that nobody takes them as input. */
  private static final String RESULTS = ".uniass-results";

  private Outputs() {}

  /**
   * Makes a folder that is to hold new results.
   *
   * @param mayExist whether one with files in it is fine
   * @param fix what to do otherwise: {@code use --force to overwrite}
   */
  public static void create(Path folder, boolean mayExist, String fix) {
    if (!mayExist && Files.isDirectory(folder) && !isEmpty(folder)) {
      throw new UniassException(folder + " exists; " + fix);
    }
    makeFolder(folder);
    if (!Files.isWritable(folder)) {
      throw new UniassException(folder + " is not writable; choose another folder with --out");
    }
  }

  /** Finds out whether {@link #create} would succeed, and leaves everything as it was. */
  public static void probe(Path folder, boolean mayExist, String fix) {
    List<Path> fresh = new ArrayList<>();
    for (Path at = folder.toAbsolutePath(); at != null && Files.notExists(at); ) {
      fresh.add(at);
      at = at.getParent();
    }
    try {
      create(folder, mayExist, fix);
    } finally {
      fresh.forEach(Outputs::deleteQuietly); // those that are empty
    }
  }

  /** Makes a folder and those above it. */
  public static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new UniassException(folder + " is a file, not a folder; choose another one", e);
    } catch (AccessDeniedException e) {
      throw new UniassException(
          folder + " cannot be made: permission denied; choose another folder", e);
    } catch (IOException e) {
      throw new UniassException(
          folder + " cannot be made: " + reason(e) + "; choose another folder", e);
    }
  }

  /** Makes a folder for images that were computed, and marks it as such. */
  public static void makeResultFolder(Path folder) {
    makeFolder(folder);
    if (!holdsResults(folder)) {
      write(folder.resolve(RESULTS), "Computed by UniAS; left out when images are read.\n");
    }
  }

  /** Whether a folder is marked by {@link #makeResultFolder}. */
  public static boolean holdsResults(Path folder) {
    return Files.exists(folder.resolve(RESULTS));
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new UniassException(folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Writes a text so that the file of that name is at no moment half written. */
  public static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes so that the file of that name is at no moment half written. */
  public static void write(Path file, byte[] bytes) {
    AtomicFile.write(file, bytes);
  }

  /** Writes an anomaly map as {@code .npy}; makes its folder. */
  public static void writeMap(Path file, AnomalyMap map) {
    makeFolder(file.toAbsolutePath().getParent());
    Npy.write(file, map);
  }

  /** What went wrong, in words. */
  public static String reason(IOException e) {
    return AtomicFile.reason(e);
  }

  /**
   * Deletes the temporary files that a process left which was killed while it wrote.
   *
   * @param prefix how the names of the files began that it wrote
   */
  public static void sweep(Path folder, String prefix) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "." + prefix + "*.tmp")) {
      left.forEach(Outputs::deleteQuietly);
    } catch (IOException e) {
      throw new UniassException(folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Deletes a file; failing does not matter. */
  public static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // a leftover temporary file does no harm
    }
  }
}
