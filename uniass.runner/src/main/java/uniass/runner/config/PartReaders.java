package uniass.runner.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.runner.plugin.Plugins;

/** Reads single parts that stand on a command line rather than in an experiment. */
public final class PartReaders {

  private PartReaders() {}

  /**
   * Reads a part.
   *
   * @param option where it stands, for messages
   * @param text a name, or a map in YAML's short form
   */
  public static PartSpec read(Plugins plugins, String option, String type, String text) {
    List<Problem> problems = new ArrayList<>();
    Located holder = YamlSource.read(option, "{}", List.of("part=" + text)).entries().get("part");
    Located at =
        holder.isMap()
            ? Located.map(new LinkedHashMap<>(holder.entries()), option)
            : new Located(holder.value(), holder.raw(), option);
    PartSpec part =
        new PartReader(plugins, new SectionReader(problems)).read(option, type, at, null);
    if (!problems.isEmpty()) {
      throw new UniassException(
          SectionReader.line(Problem.error(option, problems.get(0).message())));
    }
    return part;
  }
}
