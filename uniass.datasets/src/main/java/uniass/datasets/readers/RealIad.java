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
import uniass.api.plugin.PluginType;
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
    type = PluginType.DATASET,
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
    Tree tree = Tree.open(root);
    String images = settings.has("images") ? settings.text("images") : imagesFolder(tree);
    String splits = settings.has("splits") ? settings.text("splits") : splitsFolder(tree);
    List<String> views = settings.texts("views");
    Listed listed = new Listed(tree);
    for (String name : tree.files(splits)) {
      if (name.endsWith(".json")) {
        category(tree, listed, Tree.join(splits, name), images, views);
      }
    }
    return listed.dataset("realiad_jsons/*.json and realiad_1024/CATEGORY (Real-IAD's layout)");
  }

  private static String imagesFolder(Tree tree) {
    return tree.folders("").stream()
        .filter(name -> name.startsWith("realiad_") && !name.startsWith("realiad_json"))
        .reduce((first, last) -> last.length() >= first.length() ? last : first)
        .orElseThrow(
            () ->
                new UniassException(
                    "no folder realiad_* in " + tree.root() + "; name it in 'images'"));
  }

  private static String splitsFolder(Tree tree) {
    String nested = "realiad_jsons/realiad_jsons";
    return tree.hasFolder("realiad_jsons") && tree.hasFolder(nested) ? nested : "realiad_jsons";
  }

  private static void category(
      Tree tree, Listed listed, String list, String images, List<String> views) {
    if (!(Json.file(tree, list) instanceof JsonObject split)) {
      return;
    }
    JsonObject meta = split.get("meta") instanceof JsonObject object ? object : new JsonObject();
    String normal = Json.text(meta, "normal_class");
    String category = Tree.stem(list.substring(list.lastIndexOf('/') + 1));
    String prefix = Json.text(meta, "prefix").isEmpty() ? category : Json.text(meta, "prefix");
    String folder = images + "/" + prefix.replaceAll("/+$", "") + "/";
    for (Split part : List.of(Split.TRAIN, Split.TEST)) {
      String key = part == Split.TRAIN ? "train" : "test";
      if (!(split.get(key) instanceof JsonArray entries)) {
        tree.problem(Problem.error(list, "has no list \"" + key + "\""));
        continue;
      }
      int number = 0;
      for (JsonElement element : entries) {
        String place = list + " " + key + "[" + number++ + "]";
        if (element instanceof JsonObject entry && isWanted(entry, views)) {
          add(tree, listed, entry, folder, category, normal.isEmpty() ? "OK" : normal, part, place);
        }
      }
    }
  }

  private static boolean isWanted(JsonObject entry, List<String> views) {
    Matcher view = VIEW.matcher(Json.text(entry, "image_path"));
    return views.isEmpty() || (view.find() && views.contains(view.group(1)));
  }

  private static void add(
      Tree tree,
      Listed listed,
      JsonObject entry,
      String folder,
      String category,
      String normal,
      Split split,
      String place) {
    String path = tree.resolve(folder + Json.text(entry, "image_path"), place);
    if (path == null) {
      return;
    }
    String kind = Json.text(entry, "anomaly_class");
    boolean good = kind.equals(normal);
    String mask = Json.text(entry, "mask_path");
    new ListEntry(
            path,
            category,
            split,
            good ? Label.NORMAL : Label.ANOMALOUS,
            kind,
            good || mask.isEmpty() ? List.of() : tree.resolveAll(List.of(folder + mask), place),
            PixelTruth.UNKNOWN,
            place)
        .addTo(listed);
  }
}
