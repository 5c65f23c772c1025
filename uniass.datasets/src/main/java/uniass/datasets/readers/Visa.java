/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * VisA (Zou et al., ECCV 2022), as published and as its authors' script converts it:
 *
 * <pre>
 * split_csv/1cls.csv                       object,split,label,image,mask
 * CATEGORY/Data/Images/{Normal,Anomaly}/NAME.JPG
 * CATEGORY/Data/Masks/Anomaly/NAME.png     every value but 0 is anomalous
 * CATEGORY/image_anno.csv                  kinds of defects, optional: image,label,mask
 *
 * [1cls/]CATEGORY/train/good/NAME.JPG
 * [1cls/]CATEGORY/test/{good,bad}/NAME.JPG
 * [1cls/]CATEGORY/ground_truth/bad/NAME.png
 * </pre>
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "visa", description = "VisA: as published with split_csv/1cls.csv, or converted")
public final class Visa implements DatasetReader {

  private static final String ANOMALY = "anomaly";

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.text("split-list", "split_csv/1cls.csv", "the published split, below the root"));
  }

  @Override
  public Dataset read(Path root, Settings settings) {
    DatasetFolder tree = DatasetFolder.open(root);
    String list = settings.text("split-list");
    DatasetBuilder listed = new DatasetBuilder(tree);
    if (tree.hasFile(list)) {
      published(tree, listed, list);
    } else {
      String below = tree.hasFolder("1cls") ? "1cls" : "";
      for (String category : tree.folders(below)) {
        CategoryFolder folder =
            new CategoryFolder(tree, DatasetFolder.join(below, category), category, "good");
        folder.normal(listed, "train/good", Split.TRAIN);
        folder.test(listed, "test", "ground_truth", "", "_mask");
      }
    }
    return listed.dataset(list + ", or CATEGORY/{train,test,ground_truth} (VisA's layouts)");
  }

  private static void published(DatasetFolder tree, DatasetBuilder listed, String list) {
    Map<String, Map<String, String>> kinds = new HashMap<>();
    Csv.read(
        TextList.file(tree.root(), list),
        ",",
        List.of("image"),
        (row, line) -> {
          String place = list + " line " + line;
          String path = tree.resolve(row.text("image"), place);
          if (path == null) {
            return;
          }
          String category = row.text("object");
          Split split = row.text("split").equals("train") ? Split.TRAIN : Split.TEST;
          boolean normal = row.text("label").equals("normal");
          new ListEntry(
                  path,
                  category,
                  split,
                  normal ? Label.NORMAL : Label.ANOMALOUS,
                  kinds.computeIfAbsent(category, c -> kinds(tree, c)).getOrDefault(path, ANOMALY),
                  normal ? List.of() : tree.resolveAll(List.of(row.text("mask")), place),
                  PixelTruth.UNKNOWN,
                  place)
              .addTo(listed);
        });
  }

  /** Kinds of defects by image, as far as the category's table says; several make one name. */
  private static Map<String, String> kinds(DatasetFolder tree, String category) {
    String name = DatasetFolder.join(category, "image_anno.csv");
    Map<String, String> byPath = new HashMap<>();
    if (tree.hasFile(name)) {
      try {
        Csv.read(
            tree.root().resolve(name),
            ",",
            List.of("image"),
            (row, line) -> {
              if (!row.text("label").isEmpty()) {
                byPath.put(row.text("image"), row.text("label").intern());
              }
            });
      } catch (UniassException e) {
        tree.problem(Problem.warning(name, "kinds of defects are unknown: " + e.getMessage()));
      }
    }
    return byPath;
  }
}
