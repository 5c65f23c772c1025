/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import uniass.api.Progress;
import uniass.api.data.Batch;
import uniass.api.data.DataLoader;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.Fit;
import uniass.api.network.Fit.Fitted;
import uniass.api.network.NetworkShape;
import uniass.inference.experiment.ExperimentSpec;
import uniass.runner.queue.RunControl;
import uniass.runner.queue.Services;
import uniass.runner.train.TrainingState.Group;

/** The one pass over training images that fits a network that is not trained by gradient. */
public final class FittingPass {

  private static final String AFRESH = "; nothing is lost but this pass: --resume begins it again";

  private final Services services;
  private final ExperimentSpec spec;
  private final Device device;
  private final RunControl control;

  /** Fits as part of a run. */
  public FittingPass(Services services, ExperimentSpec spec, Device device, RunControl control) {
    this.services = services;
    this.spec = spec;
    this.device = device;
    this.control = control;
  }

  /** Fits a network to the images of a data set that a training would learn from. */
  public Fitted fit(AnomalyNetwork network, Dataset dataset) {
    TrainingImages images =
        TrainingImages.of(dataset, spec.train(), spec.calibrate().heldOut())
            .cut(services.images(spec));
    return fit(network, images);
  }

  /** Goes from a state to the end of the only epoch. */
  TrainingState run(
      AnomalyNetwork network,
      TrainingImages images,
      TrainingState from,
      ModelSelection selection,
      TrainingListener listener) {
    listener.started(from);
    TrainingState state = from;
    if (from.epoch() == 0) {
      Fitted fitted = fit(network, images);
      int count = images.train().size();
      Group pass = Group.EMPTY.plus(count, fitted.loss());
      state = from.stepped(pass, Double.NaN, 0).epochDone();
      for (String note : fitted.notes()) {
        listener.warned(state, note);
      }
      state = selection.validated(state);
      listener.epochDone(state);
    }
    listener.ended(state);
    return state;
  }

  /** Fits a network to the images to learn from. */
  Fitted fit(AnomalyNetwork network, TrainingImages images) {
    TrainingBatches data =
        new TrainingBatches(services.images(), spec, images, network, Optional.empty());
    try (DataLoader batches = data.open(0, 0);
        Fit fit = begin(network, batches.batches() * spec.train().batch())) {
      for (int done = 0; add(fit, network, batches); ) {
        step("looking at images", ++done, batches.batches());
      }
      return fit.finish(
          new Progress() {
            @Override
            public void step(String task, long done, long total) {
              FittingPass.this.step(task, done, total);
            }

            @Override
            public boolean canceled() {
              return control.stopCause().isPresent();
            }
          });
    }
  }

  private Fit begin(AnomalyNetwork network, int images) {
    return network.fitting().orElseThrow().begin(images, spec.train().seed());
  }

  private boolean add(Fit fit, AnomalyNetwork network, DataLoader batches) {
    NetworkShape shape = network.shape();
    try (Batch batch = batches.next();
        NDManager manager = services.engine().newManager(device)) {
      if (batch == null) {
        return false;
      }
      Shape images = new Shape(batch.size(), 3, shape.imageHeight(), shape.imageWidth());
      fit.add(
          manager.create(batch.values(), images, DataType.FLOAT32),
          batch.images().stream().map(Image::category).toList());
      return true;
    }
  }

  private void step(String task, long done, long total) {
    if (control.stopCause().isPresent()) {
      throw control.stopped(AFRESH);
    }
    control.step(task, done, total);
  }
}
