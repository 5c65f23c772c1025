/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;

/** MPDD, metal parts (Jezek et al., ICUMT 2021): {@link MvtecAd}'s layout. */
@Component(service = DatasetReader.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "mpdd", description = "MPDD: MVTec AD's layout with metal parts")
public final class Mpdd implements DatasetReader {

  @Override
  public Dataset read(Path root, Settings settings) {
    return MvtecAd.read(root, "_mask");
  }
}
