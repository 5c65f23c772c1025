/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.trial;

import java.util.List;
import uniass.lab.trial.FrozenStudy.FrozenPlugin;

/**
 * Where a model comes from, as its metadata has it beside the experiment.
 *
 * @param study the study's name
 * @param trial the trial's name
 * @param version of the product that trained
 * @param data hash of all files that were read
 * @param plugins the bytes of the plug-ins
 */
public record Provenance(
    String study, String trial, String version, String data, List<FrozenPlugin> plugins) {}
