/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.data.Split;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;

/**
 * BTAD (Mishra et al., ISIE 2021), bmp and png mixed:
 *
 * <pre>
 * 01/train/ok/*.bmp
 * 01/test/ok/*.bmp
 * 01/test/ko/NAME.bmp
 * 01/ground_truth/ko/NAME.png
 * </pre>
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "btad", description = "BTAD: {01,02,03}/{train/ok,test/{ok,ko},ground_truth/ko}")
public final class Btad implements DatasetReader {

  @Override
  public Dataset read(Path root, Settings settings) {
    DatasetFolder tree = DatasetFolder.open(root);
    DatasetBuilder listed = new DatasetBuilder(tree);
    for (String category : tree.folders("")) {
      CategoryFolder folder = new CategoryFolder(tree, category, category, "ok");
      folder.normal(listed, "train/ok", Split.TRAIN);
      folder.test(listed, "test", "ground_truth", "");
    }
    return listed.dataset("01/train/ok and 01/test/{ok,ko} (BTAD's layout)");
  }
}
