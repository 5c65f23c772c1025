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
import uniass.api.data.Split;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;

/**
 * DAGM 2007 (Wieler and Hahn), made for supervised learning: an image with a label is defective.
 *
 * <pre>
 * Class1/Train/NAME.PNG
 * Class1/Train/Label/NAME_label.PNG
 * Class1/Test/NAME.PNG
 * Class1/Test/Label/NAME_label.PNG
 * </pre>
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "dagm",
    description = "DAGM 2007: ClassN/{Train,Test} with Label/NAME_label.PNG")
public final class Dagm implements DatasetReader {

  @Override
  public List<Setting> settings() {
    return List.of(SupervisedPart.SETTING);
  }

  @Override
  public Dataset read(Path root, Settings settings) {
    Tree tree = Tree.open(root);
    Listed listed = new Listed(tree);
    for (String category : tree.folders("")) {
      part(
          tree,
          Tree.join(category, "Train"),
          new SupervisedPart(listed, category, Split.TRAIN, settings));
      part(
          tree,
          Tree.join(category, "Test"),
          new SupervisedPart(listed, category, Split.TEST, settings));
    }
    return listed.dataset("ClassN/Train and ClassN/Test (DAGM's layout)");
  }

  private static void part(Tree tree, String at, SupervisedPart part) {
    Map<String, String> labels = new TreeMap<>();
    for (String name : tree.images(Tree.join(at, "Label"))) {
      String stem = Tree.stem(name);
      if (stem.toLowerCase(Locale.ROOT).endsWith("_label")) {
        labels.put(stem.substring(0, stem.length() - 6), Tree.join(at, "Label", name));
      }
    }
    for (String name : tree.images(at)) {
      String path = Tree.join(at, name);
      String label = labels.remove(Tree.stem(name));
      if (label == null) {
        part.normal(path);
      } else {
        part.defective(path, label);
      }
    }
    part.end(at);
    labels.values().forEach(mask -> tree.problem(Problem.warning(mask, "a mask without an image")));
  }
}
