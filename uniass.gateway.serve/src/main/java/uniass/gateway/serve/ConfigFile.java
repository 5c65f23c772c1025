/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.serve;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import uniass.api.UniassException;
import uniass.inference.plugin.Nearest;
import uniass.io.Outputs;

/**
 * Reads what {@code serve --config} takes:
 *
 * <pre>{@code
 * gateway: { megabytes: 16 }
 * stations:
 *   line3: { model: line3.safetensors, category: bottle }
 * sinks:
 *   log: { kind: journal, folder: journal }
 * sources:
 *   drop: { kind: folder, folder: in, station: line3 }
 * }</pre>
 *
 * <p>Each entry is a configuration: of {@code uniass.gateway}, {@code uniass.station}, {@code
 * uniass.sink.KIND} and {@code uniass.source.KIND}.
 */
final class ConfigFile {

  private static final String GATEWAY = "gateway";
  private static final String STATIONS = "stations";
  private static final String SINKS = "sinks";
  private static final String SOURCES = "sources";
  private static final List<String> SECTIONS = List.of(GATEWAY, STATIONS, SINKS, SOURCES);

  private final Path file;

  private ConfigFile(Path file) {
    this.file = file;
  }

  /** Reads a file; stations come first, sinks after them, sources last. */
  static List<Setup> read(Path file) {
    return new ConfigFile(file).read();
  }

  private List<Setup> read() {
    Map<String, Object> root = map("the file", parse());
    for (String section : root.keySet()) {
      if (!SECTIONS.contains(section)) {
        throw wrong(
            "unknown section '%s'%s; sections: %s"
                .formatted(section, Nearest.hint(section, SECTIONS), String.join(", ", SECTIONS)));
      }
    }
    List<Setup> all = new ArrayList<>();
    if (root.containsKey(GATEWAY)) {
      all.add(new Setup(where(GATEWAY), "uniass.gateway", "", map(GATEWAY, root.get(GATEWAY))));
    }
    entries(root, SINKS)
        .forEach((name, values) -> all.add(ofKind("sink", "uniass.sink.", values, name)));
    entries(root, STATIONS)
        .forEach(
            (name, values) ->
                all.add(
                    new Setup(
                        where("station '" + name + "'"),
                        "uniass.station",
                        name,
                        named(name, values))));
    entries(root, SOURCES)
        .forEach((name, values) -> all.add(ofKind("source", "uniass.source.", values, name)));
    return all;
  }

  private Setup ofKind(String what, String prefix, Map<String, Object> values, String name) {
    Map<String, Object> own = named(name, values);
    Object kind = own.remove("kind");
    if (kind == null) {
      throw wrong("%s '%s': 'kind' is missing".formatted(what, name));
    }
    return new Setup(where("%s '%s' (%s)".formatted(what, name, kind)), prefix + kind, name, own);
  }

  private String where(String what) {
    return file + ": " + what;
  }

  private static Map<String, Object> named(String name, Map<String, Object> values) {
    Map<String, Object> own = new TreeMap<>(values);
    own.put("name", name);
    return own;
  }

  private Map<String, Map<String, Object>> entries(Map<String, Object> root, String section) {
    Map<String, Map<String, Object>> entries = new LinkedHashMap<>();
    if (root.containsKey(section)) {
      map(section, root.get(section))
          .forEach((name, values) -> entries.put(name, map(section + "." + name, values)));
    }
    return entries;
  }

  private Map<String, Object> map(String where, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(where + ": it is a map such as 'stations: { line3: { model: FILE } }'");
    }
    Map<String, Object> checked = new LinkedHashMap<>();
    map.forEach((key, content) -> checked.put(String.valueOf(key), content));
    return checked;
  }

  private Object parse() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(50);
    options.setNestingDepthLimit(10);
    try (Reader reader = Files.newBufferedReader(file)) {
      return new Yaml(new SafeConstructor(options)).load(reader);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new UniassException(file + ", line " + line + ": not YAML: " + e.getProblem(), e);
    } catch (YAMLException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new UniassException(file + ": not YAML: " + reason, e);
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be read: " + Outputs.reason(e), e);
    }
  }

  private UniassException wrong(String what) {
    return new UniassException(file + ": " + what);
  }
}
