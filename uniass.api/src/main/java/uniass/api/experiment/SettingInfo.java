/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.experiment;

/**
 * A setting of experiments, or of a plug-in, in words.
 *
 * @param key its keys from the top, such as {@code train.learning-rate}; a plug-in's setting has
 *     its name alone
 * @param values what it may be; empty for a map, whose settings follow
 * @param defaultValue its value if the experiment has none; empty for nothing
 * @param description one line
 */
public record SettingInfo(String key, String values, String defaultValue, String description) {}
