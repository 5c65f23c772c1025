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
 * MVTec AD 2 (Heckler-Kram et al., 2025):
 *
 * <pre>
 * CATEGORY/train/good/*.png
 * CATEGORY/validation/good/*.png
 * CATEGORY/test_public/{good,bad}/NAME.png
 * CATEGORY/test_public/ground_truth/bad/NAME_mask.png
 * CATEGORY/test_private/*.png         judged by the authors' server only
 * CATEGORY/test_private_mixed/*.png   likewise
 * </pre>
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "mvtec-ad-2",
    description = "MVTec AD 2: CATEGORY/{train,validation,test_public,test_private...}")
public final class MvtecAd2 implements DatasetReader {

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.choice(
            "test",
            "public",
            List.of("public", "private", "private-mixed", "all"),
            "the test set; nothing is published about the private ones"));
  }

  @Override
  public Dataset read(Path root, Settings settings) {
    String test = settings.text("test");
    boolean all = test.equals("all");
    DatasetFolder tree = DatasetFolder.open(root);
    DatasetBuilder listed = new DatasetBuilder(tree);
    for (String category : tree.folders("")) {
      CategoryFolder folder = new CategoryFolder(tree, category, category, "good");
      folder.normal(listed, "train/good", Split.TRAIN);
      folder.normal(listed, "validation/good", Split.VALIDATION);
      if (all || test.equals("public")) {
        folder.test(listed, "test_public", "test_public/ground_truth", "_mask");
      }
      if (all || test.equals("private")) {
        folder.unknown(listed, "test_private");
      }
      if (all || test.equals("private-mixed")) {
        folder.unknown(listed, "test_private_mixed");
      }
    }
    return listed.dataset("CATEGORY/train/good and CATEGORY/test_public (MVTec AD 2's layout)");
  }
}
