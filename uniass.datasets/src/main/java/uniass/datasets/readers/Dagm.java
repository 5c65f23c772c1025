/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
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
@Plugin(name = "dagm", description = "DAGM 2007: ClassN/{Train,Test} with Label/NAME_label.PNG")
public final class Dagm implements DatasetReader {

  @Override
  public List<Setting> settings() {
    return List.of(SupervisedSplit.SETTING);
  }

  @Override
  public Dataset read(Path root, Settings settings) {
    DatasetFolder tree = DatasetFolder.open(root);
    DatasetBuilder listed = new DatasetBuilder(tree);
    for (String category : tree.folders("")) {
      part(
          tree,
          DatasetFolder.join(category, "Train"),
          new SupervisedSplit(listed, category, Split.TRAIN, settings));
      part(
          tree,
          DatasetFolder.join(category, "Test"),
          new SupervisedSplit(listed, category, Split.TEST, settings));
    }
    return listed.dataset("ClassN/Train and ClassN/Test (DAGM's layout)");
  }

  private static void part(DatasetFolder tree, String at, SupervisedSplit part) {
    StemMatch match = new StemMatch(tree, at);
    for (String name : tree.images(DatasetFolder.join(at, "Label"))) {
      String stem = DatasetFolder.stem(name);
      if (stem.toLowerCase(Locale.ROOT).endsWith("_label")) {
        String mask = DatasetFolder.join(at, "Label", name);
        match.mask(stem.substring(0, stem.length() - 6), mask);
      }
    }
    for (String name : tree.images(at)) {
      String path = DatasetFolder.join(at, name);
      String label = match.take(path, "");
      if (label != null) {
        part.defective(path, label);
      } else if (!match.isUnclear(path)) {
        part.normal(path);
      }
    }
    part.end(at);
    match.warnOfRest("a mask without an image");
  }
}
