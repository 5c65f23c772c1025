/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.data.Split;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;

/**
 * MVTec AD (Bergmann et al., CVPR 2019) and whatever keeps its layout, MPDD and DTD-Synthetic among
 * them:
 *
 * <pre>
 * CATEGORY/train/good/*.png
 * CATEGORY/test/good/*.png
 * CATEGORY/test/DEFECT/NAME.png
 * CATEGORY/ground_truth/DEFECT/NAME_mask.png
 * </pre>
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "mvtec-ad", description = "MVTec AD: CATEGORY/{train,test,ground_truth}/...")
public final class MvtecAd implements DatasetReader {

  @Override
  public Dataset read(Path root, Settings settings) {
    return read(root, "_mask");
  }

  /** Reads the layout with another ending of the masks' names. */
  static Dataset read(Path root, String maskSuffix) {
    DatasetFolder tree = DatasetFolder.open(root);
    if (tree.hasFolder("train/good")) {
      throw new UniassException(
          root + " is a single category; give the folder around it, or use the reader 'folder'");
    }
    DatasetBuilder listed = new DatasetBuilder(tree);
    for (String category : tree.folders("")) {
      CategoryFolder folder = new CategoryFolder(tree, category, category, "good");
      folder.normal(listed, "train/good", Split.TRAIN);
      folder.test(listed, "test", "ground_truth", maskSuffix);
    }
    return listed.dataset("CATEGORY/train/good and CATEGORY/test/DEFECT (MVTec AD's layout)");
  }
}
