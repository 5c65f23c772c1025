/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.experiment;

/**
 * A plug-in that experiments can name.
 *
 * @param type one of {@link uniass.api.plugin.PluginType}
 * @param name its name
 * @param bundle symbolic name and version of its bundle
 * @param description one line
 */
public record PluginInfo(String type, String name, String bundle, String description) {}
