/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.Images;
import uniass.io.FileNames;
import uniass.io.LeftOutFiles;
import uniass.io.Outputs;

/**
 * A data set's folder, of which nothing outside is ever seen: neither by symbolic links nor by
 * names in lists. Folders that predict wrote are left out as well. What is left out is noted as a
 * problem. All names are below the root, with slashes; the root itself is the empty name. Listings
 * are sorted by name. Used by one thread.
 */
final class DatasetFolder {

  private static final int LONGEST_SHOWN = 120;

  private final Path root;
  private final Map<String, Listing> listings = new HashMap<>();
  private final Set<String> noted = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> asked = new HashSet<>();
  private final LeftOutFiles leftOut = new LeftOutFiles();

  private record Listing(List<String> folders, List<String> files) {}

  private DatasetFolder(Path root) {
    this.root = root;
  }

  static DatasetFolder open(Path root) {
    if (!Files.exists(root)) {
      throw new UniassException("the data set's folder " + root + " does not exist");
    }
    if (!Files.isDirectory(root)) {
      throw new UniassException("the data set's root " + root + " is a file, not a folder");
    }
    try {
      return new DatasetFolder(root.toRealPath());
    } catch (IOException e) {
      throw new UniassException("the data set's folder " + root + " cannot be read: " + e, e);
    }
  }

  Path root() {
    return root;
  }

  /** What was noted, and how many files are left out by their endings. */
  List<Problem> problems() {
    List<Problem> all = new ArrayList<>(problems);
    leftOut.note().ifPresent(note -> all.add(Problem.warning("", note)));
    return all;
  }

  void problem(Problem problem) {
    problems.add(problem);
  }

  /** The folders in a folder; empty if it is not there. */
  List<String> folders(String at) {
    return listing(at).folders;
  }

  /** The image files in a folder, by their endings; empty if it is not there. Others count. */
  List<String> images(String at) {
    if (asked.add(at)) {
      files(at).forEach(name -> leftOut.add(join(at, name)));
    }
    return files(at).stream().filter(Images::isImage).toList();
  }

  /** The same with the folder in front. */
  List<String> paths(String at) {
    return images(at).stream().map(name -> join(at, name)).toList();
  }

  /** All files in a folder, hidden ones excepted. */
  List<String> files(String at) {
    return listing(at).files;
  }

  boolean hasFolder(String at) {
    int slash = at.lastIndexOf('/');
    String parent = slash < 0 ? "" : at.substring(0, slash);
    return Collections.binarySearch(folders(parent), at.substring(slash + 1)) >= 0;
  }

  /**
   * A folder's name as the disk spells it: if there is none of that very name, the only one whose
   * name is the same in Unicode's eyes.
   *
   * @param at the folder around it
   */
  String spelled(String at, String name) {
    if (hasFolder(join(at, name))) {
      return name;
    }
    List<String> same =
        folders(at).stream()
            .filter(other -> FileNames.composed(other).equals(FileNames.composed(name)))
            .toList();
    return same.size() == 1 ? same.get(0) : name;
  }

  boolean hasFile(String at) {
    int slash = at.lastIndexOf('/');
    String parent = slash < 0 ? "" : at.substring(0, slash);
    return Collections.binarySearch(files(parent), at.substring(slash + 1)) >= 0;
  }

  /** A file's name without its extension. */
  static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** Puts names together; empty ones vanish. */
  static String join(String... parts) {
    StringBuilder all = new StringBuilder();
    for (String part : parts) {
      if (!part.isEmpty()) {
        all.append(all.isEmpty() ? "" : "/").append(part);
      }
    }
    return all.toString();
  }

  /** A name as messages show it: on one line, and not endless. */
  static String shown(String name) {
    String line = Problem.shown(name);
    return line.length() <= LONGEST_SHOWN
        ? line
        : line.substring(0, LONGEST_SHOWN) + "... (" + line.length() + " characters)";
  }

  /**
   * Turns a name from a list into one below the root.
   *
   * @param listed with slashes or backslashes
   * @param place where it stands, such as {@code train.json line 3}
   * @return the name, or null if it is refused or the file is missing, which is noted
   */
  String resolve(String listed, String place) {
    Path relative;
    try {
      Path given = Path.of(listed.replace('\\', '/'));
      relative = given.normalize();
      if (given.isAbsolute() || relative.startsWith("..") || listed.matches("[A-Za-z]:.*")) {
        problem(
            Problem.error(place, "'" + shown(listed) + "' leads outside the data set's folder"));
        return null;
      }
    } catch (InvalidPathException e) {
      problem(Problem.error(place, "'" + shown(listed) + "' is not a file name"));
      return null;
    }
    return find(relative.toString().replace('\\', '/'), listed, place);
  }

  /** The file of that name, or else the only one whose name is the same in Unicode's eyes. */
  private String find(String name, String listed, String place) {
    if (hasFile(name)) {
      return name;
    }
    List<String> found = List.of("");
    for (String part : name.split("/")) {
      List<String> next = new ArrayList<>();
      for (String at : found) {
        Listing listing = listing(at);
        Stream.concat(listing.folders.stream(), listing.files.stream())
            .filter(other -> FileNames.composed(other).equals(FileNames.composed(part)))
            .forEach(other -> next.add(join(at, other)));
      }
      found = next;
    }
    List<String> files = found.stream().filter(this::hasFile).toList();
    if (files.size() == 1) {
      return files.get(0);
    }
    String why =
        files.isEmpty()
            ? "' is missing"
            : "' could be " + files.size() + " files, whose names differ only by Unicode form";
    problem(Problem.error(place, "the file '" + shown(listed) + why));
    return null;
  }

  /** Those of some names from a list that are there; blank ones vanish, others are noted. */
  List<String> resolveAll(List<String> listed, String place) {
    return listed.stream()
        .filter(name -> !name.isBlank())
        .map(name -> resolve(name.strip(), place))
        .filter(Objects::nonNull)
        .toList();
  }

  private Listing listing(String at) {
    Listing known = listings.get(at);
    if (known == null) {
      known = isReachable(at) ? list(at) : new Listing(List.of(), List.of());
      listings.put(at, known);
    }
    return known;
  }

  /** Parents first, so that a link on the way is seen and judged. */
  private boolean isReachable(String at) {
    return at.isEmpty() || hasFolder(at);
  }

  private Listing list(String at) {
    List<String> folders = new ArrayList<>();
    List<String> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(at))) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!Images.isHidden(name)) {
          sort(entry, join(at, name), name, folders, files);
        }
      }
    } catch (AccessDeniedException e) {
      note(at, "the folder cannot be read: permission denied");
    } catch (IOException | DirectoryIteratorException e) {
      note(at, "the folder cannot be read: " + e.getMessage());
    }
    Collections.sort(folders);
    Collections.sort(files);
    return new Listing(folders, files);
  }

  private void sort(
      Path entry, String path, String name, List<String> folders, List<String> files) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) {
        Path target = entry.toRealPath();
        if (!target.startsWith(root)) {
          note(path, "a symbolic link that leads outside the data set's folder; left out");
          return;
        }
        if (root.resolve(path).getParent().startsWith(target)) {
          note(path, "a symbolic link that leads back to a folder around it; left out");
          return;
        }
        attributes = Files.readAttributes(target, BasicFileAttributes.class);
      }
      if (attributes.isDirectory() && Outputs.holdsResults(entry)) {
        problem(
            Problem.warning(
                shown(path), "left out: results of predict, not images of the data set"));
      } else if (attributes.isDirectory()) {
        folders.add(name);
      } else if (attributes.isRegularFile()) {
        files.add(name);
      }
    } catch (IOException e) {
      note(
          path,
          "a symbolic link that leads nowhere or in a circle, or an unreadable entry; left out");
    }
  }

  private void note(String at, String message) {
    if (noted.add(at)) {
      problem(Problem.error(shown(at), message));
    }
  }
}
