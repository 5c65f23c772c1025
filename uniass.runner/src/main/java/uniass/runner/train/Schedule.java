package uniass.runner.train;

import uniass.runner.config.ExperimentSpec.ScheduleSpec;

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
   * @param within part of the present epoch that is done before it, 0 to 1 exclusive
   */
  double rate(int epoch, double within) {
    double time = epoch + within;
    double factor =
        switch (spec.name()) {
          case "step" -> Math.pow(spec.factor(), drops(epoch));
          case "cosine" ->
              spec.minimum()
                  + (1 - spec.minimum()) * (1 + Math.cos(Math.PI * progress(time))) / 2;
          default -> 1;
        };
    // the first step already moves, so the rise begins above nothing
    double warmUp = time < spec.warmUp() ? (time + 1e-2) / (spec.warmUp() + 1e-2) : 1;
    return learningRate * factor * warmUp;
  }

  private int drops(int epoch) {
    // the released code's scheduler is asked after each epoch, with that epoch's own number
    int counted = spec.late() ? Math.max(0, epoch - 1) : epoch;
    return counted / spec.every();
  }

  private double progress(double time) {
    double length = Math.max(1e-9, epochs - spec.warmUp());
    return Math.min(1, Math.max(0, time - spec.warmUp()) / length);
  }
}
