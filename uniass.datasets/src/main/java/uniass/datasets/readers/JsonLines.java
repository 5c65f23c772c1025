/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.data.Label;
import uniass.api.data.PixelTruth;
import uniass.api.data.Split;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.io.FileNames;

/**
 * The lists of UniAS and UniAD, one JSON object per line:
 *
 * <pre>
 * {"filename": "bottle/test/crack/000.png", "label": 1, "label_name": "crack", "clsname": "bottle",
 *  "maskname": "bottle/ground_truth/crack/000_mask.png"}
 * </pre>
 *
 * A {@code maskname} may be a list of several masks. As the reference has it: an anomaly without
 * {@code maskname} is anomalous all over, and a missing {@code clsname} is the file's third folder
 * from the end. A class index is a JSON object of names and numbers; with it, other names are
 * errors.
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "json-lines",
    description = "lists with filename, label, clsname, maskname, as UniAS and UniAD have them")
public final class JsonLines implements DatasetReader {

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.text("train-list", "train.json", "training list, relative to the root"),
        Setting.text("test-list", "test.json", "test list, relative to the root"),
        Setting.text("class-index", null, "JSON object of the allowed class names"));
  }

  @Override
  public Dataset read(Path root, Settings settings) {
    DatasetFolder tree = DatasetFolder.open(root);
    Set<String> classes =
        settings.has("class-index")
            ? classes(TextList.file(tree.root(), settings.text("class-index")))
            : Set.of();
    DatasetBuilder listed = new DatasetBuilder(tree);
    new Lines(tree, listed, Split.TRAIN, classes).read(settings.text("train-list"));
    Path test = TextList.file(tree.root(), settings.text("test-list"));
    if (Files.exists(test)) {
      new Lines(tree, listed, Split.TEST, classes).read(settings.text("test-list"));
    } else {
      tree.problem(
          Problem.warning("", "the test list " + test + " is missing: nothing to test on"));
    }
    return listed.dataset("lists of JSON lines with \"filename\"");
  }

  private static Set<String> classes(Path file) {
    List<Set<String>> found = new ArrayList<>();
    TextList.read(
        file,
        reader -> {
          try {
            JsonElement index = JsonParser.parseReader(reader);
            Set<String> names = new TreeSet<>();
            index.getAsJsonObject().keySet().forEach(n -> names.add(FileNames.composed(n)));
            found.add(names);
          } catch (JsonParseException | IllegalStateException e) {
            throw new UniassException(
                "the class index " + file + " is not a JSON object: " + Json.firstLine(e), e);
          }
        });
    return found.get(0);
  }

  /**
   * Reads the list of one part.
   *
   * @param listed takes the images
   * @param classes that there are; empty if any may be
   */
  private record Lines(
      DatasetFolder tree, DatasetBuilder listed, Split split, Set<String> classes) {

    void read(String name) {
      TextList.read(TextList.file(tree.root(), name), reader -> lines(name, reader));
    }

    private void lines(String name, BufferedReader reader) throws IOException {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.isBlank()) {
          image(line, name + " line " + number);
        }
      }
    }

    private void image(String line, String place) {
      JsonEntry entry;
      try {
        entry = new JsonEntry(tree, JsonParser.parseString(line).getAsJsonObject(), place);
      } catch (JsonParseException | IllegalStateException e) {
        tree.problem(Problem.error(place, "is not a JSON object: " + Json.firstLine(e)));
        return;
      }
      String listedName = entry.text("filename");
      if (listedName.isEmpty()) {
        tree.problem(Problem.error(place, "has no \"filename\""));
        return;
      }
      String path = tree.resolve(listedName, place);
      if (path == null) {
        return;
      }
      String category = FileNames.composed(entry.text("clsname"));
      if (category.isEmpty()) {
        String[] parts = path.split("/");
        category = parts.length >= 4 ? parts[parts.length - 4] : "images";
      }
      if (!classes.isEmpty() && !classes.contains(category)) {
        tree.problem(
            Problem.error(
                place,
                "the class '" + DatasetFolder.shown(category) + "' is not in the class index"));
        return;
      }
      Label label = label(tree, entry.text("label"), split, place);
      List<String> masks = label == Label.NORMAL ? List.of() : entry.texts("maskname");
      boolean allOver = label == Label.ANOMALOUS && isAbsent(entry);
      new ListEntry(
              path,
              category,
              split,
              label,
              entry.text("label_name"),
              tree.resolveAll(masks, place),
              allOver ? PixelTruth.ALL_ANOMALOUS : PixelTruth.UNKNOWN,
              place)
          .addTo(listed);
    }
  }

  /** As the reference's lists have it: no mask, or an empty name; or an empty list of them. */
  private static boolean isAbsent(JsonEntry entry) {
    return !entry.has("maskname")
        || entry.object().get("maskname") instanceof JsonArray names && names.isEmpty()
        || entry.object().get("maskname") instanceof JsonPrimitive name
            && name.isString()
            && name.getAsString().isBlank();
  }

  private static Label label(DatasetFolder tree, String text, Split split, String place) {
    return switch (text) {
      case "0", "0.0" -> Label.NORMAL;
      case "1", "1.0" -> Label.ANOMALOUS;
      case "" -> split == Split.TRAIN ? Label.NORMAL : Label.UNKNOWN;
      default -> {
        tree.problem(
            Problem.error(
                place, "the label '" + DatasetFolder.shown(text) + "' is neither 0 nor 1"));
        yield Label.UNKNOWN;
      }
    };
  }
}
