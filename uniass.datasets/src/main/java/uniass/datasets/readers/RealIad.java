/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/**
 * Real-IAD (Wang et al., CVPR 2024): five views of every part, splits as JSON.
 *
 * <pre>
 * realiad_jsons/realiad_jsons/CATEGORY.json
 *   {"meta": {"normal_class": "OK", "prefix": "CATEGORY/"},
 *    "train": [{"anomaly_class": "OK", "image_path": "OK/S0001/..._C1_....jpg", "mask_path": null}],
 *    "test": [...]}
 * realiad_1024/CATEGORY/OK/S0001/*.jpg
 * realiad_1024/CATEGORY/NG/KIND/S0002/*.jpg and *.png (masks)
 * </pre>
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "real-iad",
    description = "Real-IAD: realiad_* images with the authors' JSON splits, five views")
public final class RealIad implements DatasetReader {

  private static final Pattern VIEW = Pattern.compile("_(C[0-9])_");

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.text(
                "images", null, "folder of the images, such as realiad_1024; found if left out")
            .formerly("pictures"),
        Setting.text("splits", null, "folder of the JSON splits; realiad_jsons if left out"),
        Setting.texts("views", List.of(), List.of("C1", "C2", "C3", "C4", "C5"), "none means all"));
  }

  @Override
  public Dataset read(Path root, Settings settings) {
    DatasetFolder tree = DatasetFolder.open(root);
    String images = settings.has("images") ? settings.text("images") : imagesFolder(tree);
    String splits = settings.has("splits") ? settings.text("splits") : splitsFolder(tree);
    List<String> views = settings.texts("views");
    DatasetBuilder listed = new DatasetBuilder(tree);
    for (String name : tree.files(splits)) {
      if (name.endsWith(".json")) {
        category(tree, listed, DatasetFolder.join(splits, name), images, views);
      }
    }
    return listed.dataset("realiad_jsons/*.json and realiad_1024/CATEGORY (Real-IAD's layout)");
  }

  private static String imagesFolder(DatasetFolder tree) {
    return tree.folders("").stream()
        .filter(name -> name.startsWith("realiad_") && !name.startsWith("realiad_json"))
        .reduce((first, last) -> last.length() >= first.length() ? last : first)
        .orElseThrow(
            () ->
                new UniassException(
                    "no folder realiad_* in " + tree.root() + "; name it in 'images'"));
  }

  private static String splitsFolder(DatasetFolder tree) {
    String nested = "realiad_jsons/realiad_jsons";
    return tree.hasFolder("realiad_jsons") && tree.hasFolder(nested) ? nested : "realiad_jsons";
  }

  private static void category(
      DatasetFolder tree, DatasetBuilder listed, String list, String images, List<String> views) {
    if (!(Json.file(tree, list) instanceof JsonObject split)) {
      return;
    }
    JsonObject object = split.get("meta") instanceof JsonObject given ? given : new JsonObject();
    JsonEntry meta = new JsonEntry(tree, object, list + " meta");
    String normal = meta.text("normal_class");
    String category = DatasetFolder.stem(list.substring(list.lastIndexOf('/') + 1));
    String prefix = meta.text("prefix").isEmpty() ? category : meta.text("prefix");
    Target target =
        new Target(
            listed,
            images + "/" + prefix.replaceAll("/+$", "") + "/",
            category,
            normal.isEmpty() ? "OK" : normal);
    for (Split part : List.of(Split.TRAIN, Split.TEST)) {
      String key = part == Split.TRAIN ? "train" : "test";
      if (!(split.get(key) instanceof JsonArray entries)) {
        tree.problem(Problem.error(list, "has no list \"" + key + "\""));
        continue;
      }
      int number = 0;
      for (JsonElement element : entries) {
        String place = list + " " + key + "[" + number++ + "]";
        if (!(element instanceof JsonObject image)) {
          tree.problem(Problem.error(place, "is not a JSON object"));
          continue;
        }
        JsonEntry entry = new JsonEntry(tree, image, place);
        if (isWanted(entry, views)) {
          target.add(entry, part);
        }
      }
    }
  }

  private static boolean isWanted(JsonEntry entry, List<String> views) {
    Matcher view = VIEW.matcher(entry.text("image_path"));
    return views.isEmpty() || (view.find() && views.contains(view.group(1)));
  }

  /** What the images of one category have in common. */
  private record Target(DatasetBuilder listed, String folder, String category, String normal) {

    void add(JsonEntry entry, Split split) {
      DatasetFolder tree = entry.tree();
      String place = entry.place();
      String path = tree.resolve(folder + entry.text("image_path"), place);
      if (path == null) {
        return;
      }
      String kind = entry.text("anomaly_class");
      boolean good = kind.equals(normal);
      List<String> masks =
          good ? List.of() : entry.texts("mask_path").stream().map(mask -> folder + mask).toList();
      new ListEntry(
              path,
              category,
              split,
              good ? Label.NORMAL : Label.ANOMALOUS,
              kind,
              tree.resolveAll(masks, place),
              PixelTruth.UNKNOWN,
              place)
          .addTo(listed);
    }
  }
}
