package uniass.datasets.readers;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.Problem;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.data.Picture;
import uniass.api.data.Split;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;

/**
 * DAGM 2007 (Wieler and Hahn), made for supervised learning: a picture with a label is defective.
 *
 * <pre>
 * Class1/Train/NAME.PNG
 * Class1/Train/Label/NAME_label.PNG
 * Class1/Test/NAME.PNG
 * Class1/Test/Label/NAME_label.PNG
 * </pre>
 *
 * The training part's defective pictures cannot be learnt from: they are left out, or tested on.
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    type = PluginType.DATASET,
    name = "dagm",
    description = "DAGM 2007: ClassN/{Train,Test} with Label/NAME_label.PNG")
public final class Dagm implements DatasetReader {

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.choice(
            "defective-train",
            "skip",
            List.of("skip", "test"),
            "what becomes of the training part's defective pictures"));
  }

  @Override
  public Dataset read(Path root, Settings settings) {
    boolean keep = settings.text("defective-train").equals("test");
    Tree tree = Tree.open(root);
    Listed listed = new Listed(tree);
    for (String category : tree.folders("")) {
      part(tree, listed, category, "Train", keep);
      part(tree, listed, category, "Test", true);
    }
    return listed.dataset("ClassN/Train and ClassN/Test (DAGM's layout)");
  }

  private static void part(Tree tree, Listed listed, String category, String part, boolean keep) {
    String at = Tree.join(category, part);
    Map<String, String> labels = new TreeMap<>();
    for (String name : tree.pictures(Tree.join(at, "Label"))) {
      String stem = Tree.stem(name);
      if (stem.toLowerCase(Locale.ROOT).endsWith("_label")) {
        labels.put(stem.substring(0, stem.length() - 6), Tree.join(at, "Label", name));
      }
    }
    int skipped = 0;
    for (String name : tree.pictures(at)) {
      String path = Tree.join(at, name);
      String label = labels.remove(Tree.stem(name));
      if (label == null) {
        Split split = part.equals("Train") ? Split.TRAIN : Split.TEST;
        listed.add(Picture.normal(path, category, split));
      } else if (keep) {
        listed.add(Picture.anomalous(path, category, "defect", List.of(label)));
      } else {
        skipped++;
      }
    }
    if (skipped > 0) {
      tree.problem(
          Problem.warning(
              at,
              skipped + " defective pictures are left out; 'defective-train: test' tests on them"));
    }
    labels
        .values()
        .forEach(mask -> tree.problem(Problem.warning(mask, "a mask without a picture")));
  }
}
