/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.util.List;
import uniass.api.plugin.Settings;

/**
 * A part as an experiment chose it.
 *
 * @param type one of {@link uniass.api.plugin.PluginType}
 * @param name the plug-in's name
 * @param settings its checked settings
 * @param excludes settings beside it that mean nothing with it
 */
public record PartSpec(String type, String name, Settings settings, List<String> excludes) {

  /** A part that excludes nothing. */
  public PartSpec(String type, String name, Settings settings) {
    this(type, name, settings, List.of());
  }
}
