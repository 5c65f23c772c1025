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
 * DTD-Synthetic, textures (Aota et al., WACV 2023): {@link MvtecAd}'s layout, defects are {@code
 * bad}.
 */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "dtd-synthetic", description = "DTD-Synthetic: MVTec AD's layout with textures")
public final class DtdSynthetic implements DatasetReader {

  @Override
  public Dataset read(Path root, Settings settings) {
    return MvtecAd.read(root, "_mask");
  }
}
