/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.data.Image;
import uniass.api.data.Split;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;

/**
 * MVTec 3D-AD (Bergmann et al., VISAPP 2022), of which the color images are read:
 *
 * <pre>
 * CATEGORY/{train,validation}/good/rgb/*.png
 * CATEGORY/test/{good,DEFECT}/rgb/NAME.png
 * CATEGORY/test/DEFECT/gt/NAME.png
 * </pre>
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "mvtec-3d",
    description = "MVTec 3D-AD's color images: CATEGORY/test/DEFECT/{rgb,gt}")
public final class Mvtec3d implements DatasetReader {

  @Override
  public Dataset read(Path root, Settings settings) {
    DatasetFolder tree = DatasetFolder.open(root);
    DatasetBuilder listed = new DatasetBuilder(tree);
    for (String category : tree.folders("")) {
      CategoryFolder folder = new CategoryFolder(tree, category, category, Image.GOOD);
      folder.normal(listed, "train/good/rgb", Split.TRAIN);
      folder.normal(listed, "validation/good/rgb", Split.VALIDATION);
      folder.normal(listed, "test/good/rgb", Split.TEST);
      for (String kind : tree.folders(DatasetFolder.join(category, "test"))) {
        if (!kind.equals(Image.GOOD)) {
          String at = "test/" + kind;
          folder.defect(
              listed,
              new CategoryFolder.Defect(kind, at + "/rgb", at + "/gt", Split.TEST, true),
              "");
        }
      }
    }
    return listed.dataset("CATEGORY/train/good/rgb (MVTec 3D-AD's layout)");
  }
}
