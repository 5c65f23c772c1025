/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uniass.io.Outputs;
import uniass.lab.StudyTable;
import uniass.lab.StudyTable.Row;
import uniass.lab.trial.Stops;

/** Writes the tables of a study into its folder. */
public final class TableFiles {

  private TableFiles() {}

  /** Compares what is done, and writes all tables. */
  public static StudyTable write(Path folder, Results results) {
    List<Row> rows = new Comparison(results).rows();
    List<String> notes = notes(results);
    TextTables texts = new TextTables(results, rows);
    Map<String, String> contents = new LinkedHashMap<>();
    contents.put("trials.csv", CsvTables.trials(results));
    contents.put("cost.csv", CsvTables.costs(results));
    contents.put("table.csv", CsvTables.table(rows));
    contents.put("table.md", texts.markdown(notes));
    contents.put("table.tex", texts.latex());
    Map<String, Path> files = new LinkedHashMap<>();
    contents.forEach(
        (name, text) -> {
          Outputs.write(folder.resolve(name), text);
          files.put(name, folder.resolve(name));
        });
    return new StudyTable(rows, files, notes);
  }

  private static List<String> notes(Results results) {
    List<String> notes = new ArrayList<>();
    Stops stops = results.stops();
    long stopped =
        results.study().trials().stream()
            .filter(t -> stops.stopped(t.variant()).isPresent())
            .count();
    long open = results.study().trials().size() - results.done().size() - stopped;
    if (stopped > 0) {
      notes.add(
          "%d of %d trials were stopped early by their losses on held-out normal images (%s): see stopped.csv"
              .formatted(
                  stopped, results.study().trials().size(), results.study().rule().orElseThrow()));
    }
    if (open > 0) {
      notes.add(open + " of " + results.study().trials().size() + " trials have no result yet");
    }
    List<String> chosen =
        results.done().stream()
            .filter(d -> d.result().selected().equals("test"))
            .map(d -> d.trial().variant())
            .distinct()
            .toList();
    notes.add(
        chosen.isEmpty()
            ? "nothing was chosen on test images"
            : "chosen on test images (train.select: test), so better than they are: "
                + String.join(", ", chosen));
    if (!results.baselines().isEmpty()) {
      notes.add("baselines are compared by their means over the categories, paired by seed");
    }
    return notes;
  }
}
