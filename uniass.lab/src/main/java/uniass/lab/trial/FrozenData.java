/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.inference.experiment.ExperimentSpec;
import uniass.io.Outputs;
import uniass.lab.trial.DataContent.DataFile;

/** {@code data.csv}: the content of the files that a study's trials read. */
public final class FrozenData {

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setRecordSeparator("\n")
          .setHeader("root", "path", "role", "sha256")
          .setSkipHeaderRecord(false)
          .get();

  private static final int NAMED = 3;

  private final Path file;
  private final DataContent content;

  /** The data of a study's folder. */
  public FrozenData(StudyFolder folder, DataContent content) {
    this.file = folder.data();
    this.content = content;
  }

  /** Freezes the content of what experiments read, beside what is frozen already. */
  public void freeze(Collection<ExperimentSpec> experiments, Progress progress) {
    Map<String, DataFile> frozen = read();
    Map<String, ExperimentSpec> distinct = new LinkedHashMap<>(); // most trials read the same
    experiments.forEach(spec -> distinct.putIfAbsent(DataContent.key(spec), spec));
    for (ExperimentSpec spec : distinct.values()) {
      Map<String, DataFile> now = content.files(spec, progress);
      Map<String, DataFile> known = new TreeMap<>(now);
      known.keySet().retainAll(frozen.keySet());
      refuse(DataContent.changes(frozen, known));
      now.forEach(frozen::putIfAbsent);
    }
    write(frozen.values());
  }

  /**
   * Refuses to go on if the data has changed.
   *
   * @return the hash of all that the experiment reads
   * @throws UniassException naming the file
   */
  public String refuseChanged(ExperimentSpec spec, Progress progress) {
    Map<String, DataFile> now = content.files(spec, progress);
    Map<String, DataFile> frozen = read();
    List<String> changes = DataContent.changes(frozen, now);
    String root = String.valueOf(spec.dataset().root());
    List<String> categories = spec.dataset().categories();
    frozen.values().stream()
        .filter(f -> f.root().equals(root) && !now.containsKey(f.key()))
        .filter(f -> categories.isEmpty())
        .forEach(f -> changes.add(Path.of(root).resolve(f.path()) + " is gone"));
    refuse(changes);
    return DataContent.sha256(now);
  }

  private static void refuse(List<String> changes) {
    if (!changes.isEmpty()) {
      int more = changes.size() - NAMED;
      throw new UniassException(
          "the data changed since the study was frozen: "
              + changes.stream().limit(NAMED).collect(Collectors.joining(", "))
              + (more > 0 ? " and " + more + " more" : "")
              + "; put it back, or start a new study with another --out");
    }
  }

  private Map<String, DataFile> read() {
    Map<String, DataFile> files = new TreeMap<>();
    if (Files.notExists(file)) {
      return files;
    }
    CSVFormat reading = FORMAT.builder().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(Files.readString(file), reading)) {
      for (CSVRecord row : parser) {
        DataFile read =
            new DataFile(row.get("root"), row.get("path"), row.get("role"), row.get("sha256"));
        files.put(read.key(), read);
      }
      return files;
    } catch (IOException | IllegalArgumentException | UncheckedIOException e) {
      throw new UniassException(file + ": damaged: " + e.getMessage(), e);
    }
  }

  private void write(Collection<DataFile> files) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      for (DataFile row : files) {
        printer.printRecord(row.root(), row.path(), row.role(), row.sha256());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Outputs.write(file, text.toString());
  }
}
