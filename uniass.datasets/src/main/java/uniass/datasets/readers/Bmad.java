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
import uniass.api.plugin.Settings;

/**
 * BMAD, medical images (Bao et al., CVPR workshops 2024), with masks or without:
 *
 * <pre>
 * [SET/]train/good/[img/]*.png
 * [SET/]{valid,test}/good/[img/]*.png
 * [SET/]{valid,test}/Ungood/[img/]NAME.png
 * [SET/]{valid,test}/Ungood/label/NAME.png
 * </pre>
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "bmad", description = "BMAD: {train,valid,test}/{good,Ungood} with img/ and label/")
public final class Bmad implements DatasetReader {

  @Override
  public Dataset read(Path root, Settings settings) {
    DatasetFolder tree = DatasetFolder.open(root);
    DatasetBuilder listed = new DatasetBuilder(tree);
    if (tree.hasFolder("train")) {
      set(tree, listed, "", tree.root().getFileName().toString());
    } else {
      tree.folders("").forEach(name -> set(tree, listed, name, name));
    }
    return listed.dataset("{train,valid,test}/{good,Ungood}, one or one a folder (BMAD's layout)");
  }

  private static void set(DatasetFolder tree, DatasetBuilder listed, String at, String category) {
    CategoryFolder folder = new CategoryFolder(tree, at, category, "good");
    normal(folder, listed, "train/good", Split.TRAIN);
    for (String part : List.of("valid", "test")) {
      Split split = part.equals("valid") ? Split.VALIDATION : Split.TEST;
      normal(folder, listed, part + "/good", split);
      String bad = part + "/Ungood";
      boolean masks = tree.hasFolder(DatasetFolder.join(at, bad, "label"));
      String images = tree.hasFolder(DatasetFolder.join(at, bad, "img")) ? bad + "/img" : bad;
      CategoryFolder.Defect defect =
          new CategoryFolder.Defect("Ungood", images, bad + "/label", split, masks);
      folder.defect(listed, defect, "");
    }
  }

  private static void normal(CategoryFolder folder, DatasetBuilder listed, String at, Split split) {
    folder.normal(listed, at, split);
    folder.normal(listed, at + "/img", split);
  }
}
