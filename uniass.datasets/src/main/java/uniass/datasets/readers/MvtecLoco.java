package uniass.datasets.readers;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.Problem;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.data.Image;
import uniass.api.data.Saturation;
import uniass.api.data.Split;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;

/**
 * MVTec LOCO AD (Bergmann et al., IJCV 2022), with a folder of masks an image:
 *
 * <pre>
 * CATEGORY/train/good/*.png
 * CATEGORY/validation/good/*.png
 * CATEGORY/test/{good,logical_anomalies,structural_anomalies}/NAME.png
 * CATEGORY/ground_truth/{logical_anomalies,structural_anomalies}/NAME/*.png
 * CATEGORY/defects_config.json    saturation thresholds by the masks' values
 * </pre>
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "mvtec-loco",
    description = "MVTec LOCO AD: several masks per image, with saturation thresholds")
public final class MvtecLoco implements DatasetReader {

  private static final String CONFIG = "defects_config.json";

  @Override
  public Dataset read(Path root, Settings settings) {
    Tree tree = Tree.open(root);
    Listed listed = new Listed(tree);
    List<Saturation> saturations = new ArrayList<>();
    for (String category : tree.folders("")) {
      CategoryFolder folder = new CategoryFolder(tree, category, category, "good");
      folder.normal(listed, "train/good", Split.TRAIN);
      folder.normal(listed, "validation/good", Split.VALIDATION);
      folder.normal(listed, "test/good", Split.TEST);
      for (String kind : tree.folders(Tree.join(category, "test"))) {
        if (!kind.equals("good")) {
          defects(tree, listed, category, kind);
        }
      }
      if (tree.hasFile(Tree.join(category, CONFIG))) {
        saturations(tree, category, saturations);
      }
    }
    Dataset found =
        listed.dataset(
            "CATEGORY/{train,validation,test} and CATEGORY/ground_truth/KIND/NAME/*.png");
    return new Dataset(found.root(), found.images(), found.problems(), saturations);
  }

  private static void defects(Tree tree, Listed listed, String category, String kind) {
    String at = Tree.join(category, "test", kind);
    String truth = Tree.join(category, "ground_truth", kind);
    List<String> rest = new ArrayList<>(tree.folders(truth));
    for (String name : tree.images(at)) {
      String folder = Tree.join(truth, Tree.stem(name));
      List<String> masks =
          tree.images(folder).stream().map(mask -> Tree.join(folder, mask)).toList();
      if (masks.isEmpty() && tree.hasFolder(Tree.join(category, "ground_truth"))) {
        tree.problem(
            Problem.error(Tree.join(at, name), "its masks " + folder + "/*.png are missing"));
      }
      rest.remove(Tree.stem(name));
      listed.add(Image.anomalous(Tree.join(at, name), category, kind, masks));
    }
    rest.forEach(
        name -> tree.problem(Problem.warning(Tree.join(truth, name), "masks without an image")));
  }

  private static void saturations(Tree tree, String category, List<Saturation> all) {
    String name = Tree.join(category, CONFIG);
    JsonElement config = Json.file(tree, name);
    if (!(config instanceof JsonArray entries)) {
      tree.problem(
          Problem.warning(name, "is no list of defects; saturation thresholds are unknown"));
      return;
    }
    for (JsonElement element : entries) {
      if (element instanceof JsonObject entry
          && entry.has("pixel_value")
          && entry.has("saturation_threshold")) {
        all.add(
            new Saturation(
                category,
                Json.text(entry, "defect_name"),
                (int) Json.number(entry, "pixel_value"),
                Json.number(entry, "saturation_threshold"),
                Json.flag(entry, "relative_saturation")));
      }
    }
  }
}
