/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.data.Batch;
import uniass.api.data.DataLoader;
import uniass.inference.experiment.TrainSpec;
import uniass.runner.train.TrainingState.Group;

/** The training loop: epochs, and in each as many optimizer steps as its batches make. */
final class TrainingLoop {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);

  private final TrainSpec spec;
  private final TrainingBatches data;
  private final TrainStep step;
  private final Guards guards;
  private final ModelSelection selection;
  private final Schedule schedule;

  TrainingLoop(
      TrainSpec spec,
      TrainingBatches data,
      TrainStep step,
      Guards guards,
      ModelSelection selection) {
    this.spec = spec;
    this.data = data;
    this.step = step;
    this.guards = guards;
    this.selection = selection;
    this.schedule = new Schedule(spec.schedule(), spec.learningRate(), spec.epochs());
  }

  /** Trains from a state to the last epoch, or until nothing gets better any more. */
  TrainingState run(TrainingState from, TrainingListener listener) {
    TrainingState state = runTo(spec.epochs(), from, listener);
    listener.ended(state);
    return state;
  }

  /** Trains from a state to the end of an epoch, or until nothing gets better any more. */
  TrainingState runTo(int epochs, TrainingState from, TrainingListener listener) {
    TrainingState state = from;
    listener.started(state);
    while (state.epoch() < Math.min(epochs, spec.epochs()) && !state.ended()) {
      state = validated(epoch(state, listener));
      listener.epochDone(state);
    }
    return state;
  }

  private TrainingState epoch(TrainingState from, TrainingListener listener) {
    TrainingState state = from;
    step.startTiming();
    try (DataLoader batches = data.open(state.epoch(), state.current().batch())) {
      Group group = accumulate(batches, state);
      while (group.batches() > 0) {
        state = step(group, state, batches.batches());
        listener.stepped(state, group.images(), batches.batches());
        group = accumulate(batches, state);
      }
    }
    LOG.info("epoch {}: the network's operations took {}", state.epoch() + 1, step.timing());
    guards.refuseSkippedEpoch(state);
    return state;
  }

  /** Adds up the gradients of as many batches as the experiment accumulates. */
  private Group accumulate(DataLoader batches, TrainingState state) {
    int size =
        Math.min(spec.accumulate(), Math.max(1, batches.batches() - state.current().batch()));
    Group group = Group.EMPTY;
    while (group.batches() < size) {
      guards.stopIfAsked(state);
      try (Batch batch = batches.next()) {
        if (batch == null) {
          break;
        }
        long number = state.batches() + group.batches();
        double loss = step.accumulate(batch, number, 1.0 / size);
        if (!Double.isFinite(loss)) {
          guards.nonFiniteLoss(batch, number, state);
          return group.lost();
        }
        group = group.plus(batch.size(), loss);
      }
    }
    return group;
  }

  /** Changes the parameters by the gradients, if these are finite. */
  private TrainingState step(Group group, TrainingState state, int batches) {
    double norm = group.images() == 0 ? Double.NaN : step.clip();
    if (Double.isFinite(norm)) {
      double rate = schedule.rate(state.epoch(), state.current().batch(), batches);
      step.apply(rate);
      return state.stepped(group, norm, rate);
    }
    if (group.images() > 0) {
      guards.nonFiniteGradient(state);
    }
    step.forget();
    return state.skipped(group.batches());
  }

  /** Ends the epoch. Whatever fails in its validation, the epoch is not lost. */
  private TrainingState validated(TrainingState trained) {
    try {
      return selection.validated(trained.epochDone());
    } catch (RuntimeException e) {
      throw guards.kept(trained, e);
    }
  }
}
