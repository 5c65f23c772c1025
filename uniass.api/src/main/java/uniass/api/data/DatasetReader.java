/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.Part;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Settings;

/**
 * Knows one layout of data sets on disk. Reads names and lists; pixels only of masks, where nothing
 * else tells good from bad.
 */
@ConsumerType
@PluginType(PluginType.DATASET)
public interface DatasetReader extends Part {

  /**
   * Lists a data set. Nothing that names or lists say leads outside the root.
   *
   * @param root the data set's folder
   * @throws uniass.api.UniassException if the folder is not such a data set, in one line that says
   *     what was expected
   */
  Dataset read(Path root, Settings settings);
}
