/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.data.Image;
import uniass.api.data.Split;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;

/**
 * KolektorSDD (Tabernik et al., JIM 2019): an image is defective if its label is not black.
 *
 * <pre>
 * kos01/Part0.jpg
 * kos01/Part0_label.bmp
 * </pre>
 *
 * The authors split by whole units (kosNN) into three folds, published apart as Python pickles;
 * here a unit's fold is its place in the sorted list, modulo the number of folds. The units of one
 * fold are tested, and with them all other defective images; the other units' normal images are
 * trained on.
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "kolektor-sdd",
    description = "KolektorSDD: kosNN/PartN.jpg with PartN_label.bmp, split by units")
public final class KolektorSdd implements DatasetReader {

  private static final String CATEGORY = "kolektor";

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.integer("folds", 3, 2, 50, "number of folds"),
        Setting.integer("fold", 0, 0, 49, "the fold that is tested"));
  }

  @Override
  public Dataset read(Path root, Settings settings) {
    DatasetFolder tree = DatasetFolder.open(root);
    DatasetBuilder listed = new DatasetBuilder(tree);
    MaskContent probe = new MaskContent(tree);
    int number = 0;
    for (String unit : tree.folders("")) {
      boolean test = number++ % settings.integer("folds") == settings.integer("fold");
      StemMatch match = StemMatch.of(tree, unit, unit);
      for (String name : tree.images(unit)) {
        String path = DatasetFolder.join(unit, name);
        if (DatasetFolder.stem(name).endsWith("_label")) {
          continue;
        }
        String mask = match.takeBeside(path, "_label");
        if (mask == null) {
          match.missing(path, "its label " + unit + "/" + DatasetFolder.stem(name) + "_label.bmp");
        } else if (probe.isMarked(mask)) {
          listed.add(Image.anomalous(path, CATEGORY, "defect", List.of(mask)));
        } else {
          listed.add(Image.normal(path, CATEGORY, test ? Split.TEST : Split.TRAIN));
        }
      }
    }
    return listed.dataset("kosNN/PartN.jpg and kosNN/PartN_label.bmp (KolektorSDD's layout)");
  }
}
