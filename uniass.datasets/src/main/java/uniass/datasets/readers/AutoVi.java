/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;

/**
 * AutoVI, car parts on a production line (Carvalho et al., 2024), with a folder of masks per image
 * as {@link MvtecLoco} has them:
 *
 * <pre>
 * CATEGORY/train/good/*.png
 * CATEGORY/test/{good,DEFECT}/NAME.png
 * CATEGORY/ground_truth/DEFECT/NAME/0000.png
 * </pre>
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "autovi", description = "AutoVI: MVTec AD's layout with a folder of masks per image")
public final class AutoVi implements DatasetReader {

  @Override
  public Dataset read(Path root, Settings settings) {
    return MvtecLoco.read(root);
  }
}
