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
 * VAD, Valeo's parts (Baitieva et al., CVPR 2024), made for supervised learning; masks are read if
 * somebody has added them:
 *
 * <pre>
 * vad/train/{good,bad}/*.png
 * vad/test/{good,bad}/NAME.png
 * vad/ground_truth/bad/NAME.png   optional
 * </pre>
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "vad", description = "VAD (Valeo): CATEGORY/{train,test}/{good,bad}")
public final class Vad implements DatasetReader {

  @Override
  public List<Setting> settings() {
    return List.of(SupervisedSplit.SETTING);
  }

  @Override
  public Dataset read(Path root, Settings settings) {
    DatasetFolder tree = DatasetFolder.open(root);
    DatasetBuilder listed = new DatasetBuilder(tree);
    for (String category : tree.folders("")) {
      String at = DatasetFolder.join(category, "train");
      SupervisedSplit train = new SupervisedSplit(listed, category, Split.TRAIN, settings);
      for (String kind : tree.folders(at)) {
        for (String path : tree.paths(DatasetFolder.join(at, kind))) {
          if (kind.equals(Image.GOOD)) {
            train.normal(path);
          } else {
            train.defective(path, kind, List.of());
          }
        }
      }
      train.end(at);
      new CategoryFolder(tree, category, category, Image.GOOD)
          .test(listed, "test", "ground_truth", "", "_mask");
    }
    return listed.dataset("CATEGORY/{train,test}/{good,bad} (VAD's layout)");
  }
}
