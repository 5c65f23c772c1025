/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import uniass.api.UniassException;

/** Reads YAML into values that know their lines. Nothing is instantiated but numbers and texts. */
public final class YamlSource {

  private static final int DEEPEST = 20;

  private final String name;
  private final List<String> overrides;

  private YamlSource(String name, List<String> overrides) {
    this.name = name;
    this.overrides = overrides;
  }

  /**
   * Reads a document and puts overrides into it.
   *
   * @param name the file's name, for messages
   * @param overrides {@code key.key=value}, the value in YAML
   * @return a map
   * @throws UniassException in one line with the place of what is wrong
   */
  public static Located read(String name, String text, List<String> overrides) {
    return new YamlSource(name, overrides).read(text);
  }

  private Located read(String text) {
    Located root = parse(text, null);
    if (root.value() == null) {
      root = Located.map(new LinkedHashMap<>(), "line 1");
    }
    if (!root.isMap()) {
      throw new UniassException(
          name + ", line 1: an experiment is a map such as 'dataset: { root: FOLDER }'");
    }
    for (String override : overrides) {
      override(root, override);
    }
    return root;
  }

  private Located parse(String text, String where) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(50);
    options.setNestingDepthLimit(DEEPEST);
    try {
      Node node = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
      return node == null ? new Located(null, "", "line 1") : locate(node, where, 0);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      String place = where != null ? where : name + ", line " + line;
      throw new UniassException(place + ": not YAML: " + e.getProblem(), e);
    } catch (YAMLException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new UniassException((where != null ? where : name) + ": not YAML: " + reason, e);
    }
  }

  private Located locate(Node node, String fixedWhere, int depth) {
    String where = fixedWhere != null ? fixedWhere : "line " + (node.getStartMark().getLine() + 1);
    if (depth > DEEPEST) {
      throw new UniassException(name + ", " + where + ": nested too deeply");
    }
    if (node instanceof MappingNode mapping) {
      Map<String, Located> entries = new LinkedHashMap<>();
      for (NodeTuple tuple : mapping.getValue()) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
          throw new UniassException(name + ", " + where + ": a key must be a word");
        }
        String keyWhere =
            fixedWhere != null ? fixedWhere : "line " + (key.getStartMark().getLine() + 1);
        Located value = locate(tuple.getValueNode(), fixedWhere, depth + 1);
        // the key's line is where people look, also when the value begins below it
        Located old =
            entries.put(key.getValue(), new Located(value.value(), value.raw(), keyWhere));
        if (old != null) {
          throw new UniassException(
              name + ", " + keyWhere + ": '" + key.getValue() + "' is there twice; keep one");
        }
      }
      return new Located(entries, "", where);
    }
    if (node instanceof SequenceNode sequence) {
      List<Located> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(locate(item, fixedWhere, depth + 1));
      }
      return new Located(items, "", where);
    }
    ScalarNode scalar = (ScalarNode) node;
    if (scalar.getValue().chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\n')) {
      throw new UniassException(
          (fixedWhere != null ? where : name + ", " + where)
              + ": a text with a control character; between double quotes write \\\\ for a"
              + " backslash, or take single quotes");
    }
    return new Located(scalarValue(scalar), scalar.getValue(), where);
  }

  private static Object scalarValue(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    String text = scalar.getValue();
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      return List.of("true", "yes", "on").contains(text.toLowerCase(java.util.Locale.ROOT));
    }
    try {
      if (tag.equals(Tag.INT)) {
        return Long.parseLong(text.replace("_", "").replaceFirst("^\\+", ""));
      }
      // YAML 1.1 takes 1e-4 for a text, because it has no dot; nobody means that
      if (tag.equals(Tag.FLOAT) || (scalar.isPlain() && text.matches("[-+]?\\d+[eE][-+]?\\d+"))) {
        return Double.parseDouble(text.replace("_", ""));
      }
    } catch (NumberFormatException e) {
      return text;
    }
    return text;
  }

  private void override(Located root, String override) {
    int equals = override.indexOf('=');
    if (equals < 1) {
      throw new UniassException("--set " + override + ": write --set key.key=value");
    }
    String path = override.substring(0, equals).strip();
    String where = "--set " + path;
    Located value = parse(override.substring(equals + 1), where);
    String[] keys = path.split("\\.");
    Map<String, Located> entries = root.entries();
    for (int i = 0; i < keys.length - 1; i++) {
      Located below = entries.get(keys[i]);
      if (below == null || !below.isMap()) {
        Map<String, Located> fresh = new LinkedHashMap<>();
        if (below != null && below.value() != null) {
          fresh.put("name", below); // a part that was given by its name alone
        }
        below = Located.map(fresh, where);
        entries.put(keys[i], below);
      }
      entries = below.entries();
    }
    entries.put(keys[keys.length - 1], new Located(value.value(), value.raw(), where));
  }
}
