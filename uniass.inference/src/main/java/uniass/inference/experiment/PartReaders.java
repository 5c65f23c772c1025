/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.inference.plugin.Plugins;

/** Reads parts that stand on a command line rather than in an experiment. */
public final class PartReaders {

  private PartReaders() {}

  /**
   * Reads a part.
   *
   * @param option where it stands, for messages
   * @param text a name, or a map in YAML's short form
   */
  public static PartSpec read(Plugins plugins, String option, String type, String text) {
    return read(plugins, option, reader -> reader.read(option, type, located(option, text), null));
  }

  /**
   * Reads metrics, as an experiment's list of them is read.
   *
   * @param option where they stand, for messages
   * @param texts each a name, or a map in YAML's short form
   */
  public static List<PartSpec> readMetrics(Plugins plugins, String option, List<String> texts) {
    List<Located> items = texts.stream().map(text -> located(option, text)).toList();
    Located list = new Located(items, "", option);
    return read(plugins, option, reader -> reader.readMetrics(option, list, List.of()));
  }

  private static Located located(String option, String text) {
    Located holder = YamlSource.read(option, "{}", List.of("part=" + text)).entries().get("part");
    return holder.isMap()
        ? Located.map(new LinkedHashMap<>(holder.entries()), option)
        : new Located(holder.value(), holder.raw(), option);
  }

  private static <T> T read(Plugins plugins, String option, Function<PartReader, T> reading) {
    List<Problem> problems = new ArrayList<>();
    T read = reading.apply(new PartReader(plugins, new SectionReader(problems)));
    if (!problems.isEmpty()) {
      throw new UniassException(
          SectionReader.line(Problem.error(option, problems.get(0).message())));
    }
    return read;
  }
}
