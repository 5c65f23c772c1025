/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.util.List;
import uniass.api.plugin.PluginType;

/** The evaluation. */
public record EvaluateSpec(
    @Key(
            help = "what is computed; mad stands for the seven that it is the mean of",
            part = PluginType.METRIC,
            defaultValue = "pixel-ap, dice, pixel-auroc, aupro, image-auroc")
        List<PartSpec> metrics,
    @Key(
            help = "the evaluation protocol",
            defaultValue = "uniass",
            choices = {"uniass", "ader", "anomalib", "mvtec"})
        String rules,
    @Key(help = "images per batch", defaultValue = "8", minimum = 1, maximum = 4096) int batch) {}
