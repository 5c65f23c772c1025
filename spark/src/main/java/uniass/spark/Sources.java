/* SPDX-License-Identifier: Apache-2.0 */
package uniass.spark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Finds and reads images on whatever Hadoop can open: local and mounted folders, HDFS, S3. */
final class Sources {

  private static final List<String> IMAGES =
      List.of(".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp");
  private static final List<String> ARCHIVES = List.of(".tar", ".tar.gz", ".tgz");

  private Sources() {}

  /**
   * An image file.
   *
   * @param name its path, or {@code ARCHIVE!PATH}
   * @param bytes empty if it cannot be read
   * @param error why not; else empty
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, by the batch that it goes into
  record Source(String name, byte[] bytes, String error) {}

  /** The files of each task: archives alone, images in groups. */
  static List<List<String>> tasks(List<String> sources, int most) throws IOException {
    List<List<String>> tasks = new ArrayList<>();
    List<String> group = new ArrayList<>();
    for (String file : files(sources)) {
      if (ends(file, ARCHIVES)) {
        tasks.add(new ArrayList<>(List.of(file)));
        continue;
      }
      group.add(file);
      if (group.size() == most) {
        tasks.add(group);
        group = new ArrayList<>();
      }
    }
    if (!group.isEmpty()) {
      tasks.add(group);
    }
    if (tasks.isEmpty()) {
      throw new IOException(String.join(", ", sources) + ": no images and no archives");
    }
    return tasks;
  }

  private static List<String> files(List<String> sources) throws IOException {
    List<String> files = new ArrayList<>();
    for (String source : sources) {
      if (source.startsWith("@")) {
        Path list = new Path(source.substring(1));
        try (InputStream in = open(list)) {
          String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          files.addAll(files(text.lines().filter(line -> !line.isBlank()).toList()));
        }
        continue;
      }
      Path path = new Path(source);
      FileSystem system = path.getFileSystem(new Configuration());
      if (!system.exists(path)) {
        throw new IOException("no image, folder or archive " + source);
      }
      if (system.getFileStatus(path).isFile()) {
        files.add(name(system.makeQualified(path)));
      } else {
        files.addAll(below(system, path));
      }
    }
    return files;
  }

  private static List<String> below(FileSystem system, Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> all = system.listFiles(folder, true);
    while (all.hasNext()) {
      Path file = all.next().getPath();
      boolean wanted = ends(file.getName(), IMAGES) || ends(file.getName(), ARCHIVES);
      if (wanted && !file.getName().startsWith(".")) {
        found.add(name(file));
      }
    }
    Collections.sort(found);
    return found;
  }

  /** An absolute name: executors have working directories of their own. */
  private static String name(Path file) {
    return "file".equals(file.toUri().getScheme()) ? file.toUri().getPath() : file.toString();
  }

  private static boolean ends(String name, List<String> endings) {
    return endings.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
  }

  private static InputStream open(Path file) throws IOException {
    return file.getFileSystem(new Configuration()).open(file);
  }

  /** The images of some files, read as they are asked for. */
  static Iterator<Source> images(Iterator<List<String>> groups) {
    return new Images(groups);
  }

  /** Reads one file, or one entry of an archive, after the other. */
  private static final class Images implements Iterator<Source> {

    private final Iterator<List<String>> groups;
    private Iterator<String> files = Collections.emptyIterator();
    private String archiveName = "";
    private TarArchiveInputStream archive;
    private Source next;

    Images(Iterator<List<String>> groups) {
      this.groups = groups;
    }

    @Override
    public boolean hasNext() {
      while (next == null) {
        if (archive != null) {
          fromArchive();
        } else if (files.hasNext()) {
          fromFile(files.next());
        } else if (groups.hasNext()) {
          files = groups.next().iterator();
        } else {
          return false;
        }
      }
      return true;
    }

    private void fromFile(String file) {
      try {
        if (ends(file, ARCHIVES)) {
          InputStream in = new BufferedInputStream(open(new Path(file)));
          archiveName = file;
          archive = new TarArchiveInputStream(file.endsWith("gz") ? new GZIPInputStream(in) : in);
          return;
        }
        try (InputStream in = open(new Path(file))) {
          next = new Source(file, in.readAllBytes(), "");
        }
      } catch (IOException e) {
        next = failure(file, e);
      }
    }

    private void fromArchive() {
      try {
        TarArchiveEntry entry = archive.getNextEntry();
        while (entry != null && !(entry.isFile() && ends(entry.getName(), IMAGES))) {
          entry = archive.getNextEntry();
        }
        if (entry == null) {
          close();
        } else {
          next = new Source(archiveName + "!" + entry.getName(), archive.readAllBytes(), "");
        }
      } catch (IOException e) {
        next = failure(archiveName, e);
        close();
      }
    }

    private void close() {
      try {
        archive.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        archive = null;
      }
    }

    private static Source failure(String name, IOException e) {
      return new Source(name, new byte[0], name + " cannot be read: " + e.getMessage());
    }

    @Override
    public Source next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Source source = next;
      next = null;
      return source;
    }
  }
}
