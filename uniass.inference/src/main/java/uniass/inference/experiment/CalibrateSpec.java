/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

/** The thresholds for verdicts of an {@link ExperimentSpec}. */
public record CalibrateSpec(
    @Key(
            help = "how thresholds are placed",
            defaultValue = "tail",
            formerDefault = "order",
            choices = {"order", "tail", "robust"})
        String method,
    @Key(
            help = "how an image's score, which decides, comes from its map",
            defaultValue = "max",
            choices = {"max", "top-1-percent"})
        String imageScore,
    @Key(
            help = "share of normal images that may be called anomalous",
            defaultValue = "0.05",
            minimum = 1e-9,
            maximum = 0.999999)
        double falseAlarmRate,
    @Key(
            help = "how sure it is that the share is kept",
            defaultValue = "0.5",
            minimum = 1e-9,
            maximum = 0.999999)
        double confidence,
    @Key(
            help =
                "share of the normal training images that are not trained on but calibrated"
                    + " with, in categories that have enough; 0 for none",
            defaultValue = "0.2",
            formerDefault = "0",
            minimum = 0,
            maximum = 0.9)
        double heldOut,
    @Key(
            help =
                "for networks that are fitted in one pass: groups of the images of categories of"
                    + " which none is held out; each is scored by a network fitted to the others;"
                    + " 0 or 1 for none",
            defaultValue = "4",
            formerDefault = "0",
            minimum = 0,
            maximum = 100)
        int folds) {}
