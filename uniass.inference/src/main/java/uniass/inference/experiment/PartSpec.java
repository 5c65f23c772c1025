/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import uniass.api.plugin.Settings;

/**
 * A part as an experiment chose it.
 *
 * @param type one of {@link uniass.api.plugin.PluginType}
 * @param name the plug-in's name
 * @param settings its checked settings
 */
public record PartSpec(String type, String name, Settings settings) {}
