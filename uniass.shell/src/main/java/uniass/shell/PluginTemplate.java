/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uniass.api.plugin.PluginType;

/**
 * A bundle of one class that works as it is, for one type of plug-in.
 *
 * @param type such as {@code gated-cnn}
 * @param name the plug-in's name in kebab case
 */
record PluginTemplate(String type, String name) {

  /** The types there are templates for. */
  static final List<String> TYPES =
      List.of(
          PluginType.NETWORK,
          PluginType.BACKBONE,
          PluginType.FEATURES,
          PluginType.PIXEL_DECODER,
          PluginType.QUERY,
          PluginType.QUERY_PROJECTOR,
          PluginType.ATTENTION,
          PluginType.GATED_CNN,
          PluginType.LOSS,
          PluginType.MAP_FILTER,
          PluginType.FUSION,
          PluginType.DATASET,
          PluginType.METRIC,
          PluginType.SYNTHETIC_ANOMALIES);

  private static final Pattern WORD = Pattern.compile("(?:^|-)([a-z0-9])");

  /** The name as a Java class: {@code SigmoidGate} for {@code sigmoid-gate}. */
  String className() {
    return WORD.matcher(name).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
  }

  private String packageName() {
    return "org.example." + name.replace("-", "");
  }

  /** The class's file below the bundle's folder. */
  String classFile() {
    return "src/main/java/" + packageName().replace('.', '/') + "/" + className() + ".java";
  }

  /**
   * The files by their path below the bundle's folder.
   *
   * @param home the distribution to build against, if it is known
   */
  Map<String, String> files(Optional<Path> home) {
    Map<String, String> files = new LinkedHashMap<>();
    String pom =
        resource("pom.xml").replaceFirst("<artifactId>ablation<", "<artifactId>" + name + "<");
    files.put(
        "pom.xml",
        home.map(
                folder ->
                    pom.replaceFirst(
                        "<uniass.home>.*</uniass.home>",
                        Matcher.quoteReplacement("<uniass.home>" + folder + "</uniass.home>")))
            .orElse(pom));
    files.put(
        "bnd.bnd",
        resource("bnd.bnd")
            .replaceFirst("Bundle-Description:.*", "Bundle-Description: The " + type + " " + name));
    files.put(
        classFile(),
        resource(type + ".java.txt")
            .replace("${package}", packageName())
            .replace("${class}", className())
            .replace("${name}", name));
    return files;
  }

  /** Writes the files into a new folder. */
  void write(Path folder, Optional<Path> home) {
    try {
      for (Map.Entry<String, String> file : files(home).entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String file) {
    try (InputStream in = PluginTemplate.class.getResourceAsStream("plugins/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
