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
                "for networks that are fitted in one pass: groups of the normal training images,"
                    + " each calibrated with by a network fitted to the others, so that none is"
                    + " held out; 0 for none",
            defaultValue = "0",
            minimum = 0,
            maximum = 100)
        int folds) {

  /** The share that is not trained on; with folds, all images are. */
  public double shareHeldOut() {
    return folds > 1 ? 0 : heldOut;
  }
}
