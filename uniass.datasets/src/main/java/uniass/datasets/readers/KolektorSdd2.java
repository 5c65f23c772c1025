/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.data.Split;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;

/**
 * KolektorSDD2 (Bozic et al., Computers in Industry 2021), made for supervised learning: an image
 * is defective if its mask is not black.
 *
 * <pre>
 * train/10000.png, train/10000_GT.png
 * test/20000.png, test/20000_GT.png
 * </pre>
 *
 * The training part's defective images cannot be trained on: they are left out, or tested on.
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "kolektor-sdd2", description = "KolektorSDD2: {train,test}/N.png with N_GT.png")
public final class KolektorSdd2 implements DatasetReader {

  private static final String CATEGORY = "kolektor2";

  @Override
  public List<Setting> settings() {
    return List.of(SupervisedSplit.SETTING);
  }

  @Override
  public Dataset read(Path root, Settings settings) {
    DatasetFolder tree = DatasetFolder.open(root);
    DatasetBuilder listed = new DatasetBuilder(tree);
    part(tree, "train", new SupervisedSplit(listed, CATEGORY, Split.TRAIN, settings));
    part(tree, "test", new SupervisedSplit(listed, CATEGORY, Split.TEST, settings));
    return listed.dataset("train/N.png and train/N_GT.png (KolektorSDD2's layout)");
  }

  private static void part(DatasetFolder tree, String at, SupervisedSplit part) {
    MaskContent probe = new MaskContent(tree);
    StemMatch match = StemMatch.of(tree, at, at);
    for (String name : tree.images(at)) {
      String path = DatasetFolder.join(at, name);
      if (DatasetFolder.stem(name).endsWith("_GT")) {
        continue;
      }
      String mask = match.takeBeside(path, "_GT");
      if (mask == null) {
        match.missing(path, "its mask " + at + "/" + DatasetFolder.stem(name) + "_GT.png");
      } else if (!probe.isMarked(mask)) {
        part.normal(path);
      } else {
        part.defective(path, mask);
      }
    }
    part.end(at);
  }
}
