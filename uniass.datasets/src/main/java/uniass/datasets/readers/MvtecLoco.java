/* SPDX-License-Identifier: Apache-2.0 */
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
import uniass.api.data.SaturationThreshold;
import uniass.api.data.Split;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;

/**
 * MVTec LOCO AD (Bergmann et al., IJCV 2022), with a folder of masks per image:
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
@Plugin(
    name = "mvtec-loco",
    description = "MVTec LOCO AD: several masks per image, with saturation thresholds")
public final class MvtecLoco implements DatasetReader {

  private static final String CONFIG = "defects_config.json";

  @Override
  public Dataset read(Path root, Settings settings) {
    return read(root);
  }

  /** Reads the layout, also of data sets without a validation part or saturation thresholds. */
  static Dataset read(Path root) {
    DatasetFolder tree = DatasetFolder.open(root);
    DatasetBuilder listed = new DatasetBuilder(tree);
    List<SaturationThreshold> saturations = new ArrayList<>();
    for (String category : tree.folders("")) {
      CategoryFolder folder = new CategoryFolder(tree, category, category, "good");
      folder.normal(listed, "train/good", Split.TRAIN);
      folder.normal(listed, "validation/good", Split.VALIDATION);
      folder.normal(listed, "test/good", Split.TEST);
      for (String kind : tree.folders(DatasetFolder.join(category, "test"))) {
        if (!kind.equals("good")) {
          defects(tree, listed, category, kind);
        }
      }
      if (tree.hasFile(DatasetFolder.join(category, CONFIG))) {
        saturations(tree, category, saturations);
      }
    }
    Dataset found =
        listed.dataset(
            "CATEGORY/{train,validation,test} and CATEGORY/ground_truth/KIND/NAME/*.png");
    return new Dataset(found.root(), found.images(), found.problems(), saturations);
  }

  /** Adds the images of a kind of defect with a folder of masks each. */
  static void defects(DatasetFolder tree, DatasetBuilder listed, String category, String kind) {
    String all = DatasetFolder.join(category, "ground_truth");
    boolean known = tree.hasFolder(all);
    String at = DatasetFolder.join(category, "test", kind);
    String truth = DatasetFolder.join(all, tree.spelled(all, kind));
    StemMatch match = new StemMatch(tree, at);
    tree.folders(truth).forEach(name -> match.mask(name, DatasetFolder.join(truth, name)));
    for (String name : tree.images(at)) {
      String path = DatasetFolder.join(at, name);
      String folder = match.take(path, "");
      List<String> masks = folder == null ? List.of() : tree.paths(folder);
      if (masks.isEmpty() && known && !match.isUnclear(path)) {
        String missing = DatasetFolder.join(truth, DatasetFolder.stem(name));
        tree.problem(Problem.error(path, "its masks " + missing + "/*.png are missing"));
      }
      listed.add(Image.anomalous(path, category, kind, masks));
    }
    match.warnOfRest("masks without an image");
  }

  private static void saturations(
      DatasetFolder tree, String category, List<SaturationThreshold> all) {
    String name = DatasetFolder.join(category, CONFIG);
    JsonElement config = Json.file(tree, name);
    if (!(config instanceof JsonArray entries)) {
      tree.problem(
          Problem.warning(name, "is not a list of defects; saturation thresholds are unknown"));
      return;
    }
    int number = 0;
    for (JsonElement element : entries) {
      String place = name + " [" + number++ + "]";
      if (element instanceof JsonObject object
          && object.has("pixel_value")
          && object.has("saturation_threshold")) {
        JsonEntry entry = new JsonEntry(tree, object, place);
        all.add(
            new SaturationThreshold(
                category,
                entry.text("defect_name"),
                (int) entry.number("pixel_value"),
                entry.number("saturation_threshold"),
                entry.flag("relative_saturation")));
      }
    }
  }
}
