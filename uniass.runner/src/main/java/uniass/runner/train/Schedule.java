/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import uniass.inference.experiment.TrainSpec.ScheduleSpec;

/** The learning rate over time. */
final class Schedule {

  private final ScheduleSpec spec;
  private final double learningRate;
  private final int epochs;

  Schedule(ScheduleSpec spec, double learningRate, int epochs) {
    this.spec = spec;
    this.learningRate = learningRate;
    this.epochs = epochs;
  }

  /**
   * The rate of a step.
   *
   * @param epoch epochs completed before it
   * @param batch batches of the present epoch that are done before it
   * @param batches of an epoch
   */
  double rate(int epoch, int batch, int batches) {
    double factor =
        switch (spec.name()) {
          case "step" -> Math.pow(spec.factor(), drops(epoch));
          case "cosine" -> cosine(epoch + (double) batch / batches);
          default -> 1;
        };
    double rise = (epoch * (double) batches + batch + 1) / (spec.warmUp() * batches);
    return learningRate * factor * Math.min(1, rise);
  }

  private int drops(int epoch) {
    // the released code asks its scheduler after each epoch, with that epoch's own number
    int counted = spec.late() ? Math.max(0, epoch - 1) : epoch;
    return counted / spec.every();
  }

  private double cosine(double time) {
    double length = Math.max(1, epochs - spec.warmUp());
    double part = Math.min(1, Math.max(0, time - spec.warmUp()) / length);
    return spec.minimum() + (1 - spec.minimum()) * (1 + Math.cos(Math.PI * part)) / 2;
  }
}
