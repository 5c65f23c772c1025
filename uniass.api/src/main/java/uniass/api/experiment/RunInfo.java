/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.experiment;

/**
 * A run that waits or works.
 *
 * @param id its identifier, such as {@code demo-1}
 * @param task {@code train} or {@code evaluate}
 * @param experiment the experiment's name
 * @param state what it does now, in a few words
 */
public record RunInfo(String id, String task, String experiment, String state) {}
