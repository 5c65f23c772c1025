/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import uniass.api.UniassException;
import uniass.api.data.Normalization;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.Backbone;
import uniass.api.network.Fitting;
import uniass.api.network.MapFitting;
import uniass.api.network.Network;
import uniass.api.network.NetworkCost;
import uniass.api.network.NetworkPlan;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Configured;
import uniass.model.layer.Contract;
import uniass.tensor.ParameterStore;
import uniass.tensor.Pass;
import uniass.tensor.Recording;
import uniass.tensor.Scopes;
import uniass.tensor.UnrecordableException;

/** A network that a plug-in has built, with the parameters that it owns. */
final class AssembledNetwork implements AnomalyNetwork {

  private final NetworkPlan plan;
  private final NetworkShape shape;
  private final ParameterStore store;
  private final Network.Layer layer;

  AssembledNetwork(NetworkPlan plan, NetworkShape shape, ParameterStore store) {
    this.plan = plan;
    this.shape = shape;
    this.store = store;
    this.layer = plan.network().call((n, s) -> n.create(store.root(), shape, plan, s));
  }

  @Override
  public NetworkShape shape() {
    return shape;
  }

  @Override
  public Normalization normalization() {
    return plan.normalization().orElseGet(() -> plan.backbone().call(Backbone::normalization));
  }

  @Override
  public ParameterStore parameters() {
    return store;
  }

  @Override
  public NDArray loss(NDArray images, Pass pass) {
    return plan.network().call(() -> layer.loss(images, pass));
  }

  @Override
  public double paintedShare() {
    return plan.network().call(layer::paintedShare);
  }

  @Override
  public NDArray trainingLoss(NDArray images, Optional<Painted> painted, Pass pass) {
    return plan.network().call(() -> layer.trainingLoss(images, painted, pass));
  }

  @Override
  public NDArray anomalyMaps(NDArray images, Pass pass) {
    Configured<Network> network = plan.network();
    NDArray maps = network.call(() -> layer.anomalyMaps(images, pass));
    Shape expected =
        new Shape(images.getShape().get(0), 1, shape.imageHeight(), shape.imageWidth());
    Contract.shape(network, "anomaly maps", maps, expected);
    return maps;
  }

  @Override
  public Output forward(NDArray images, Pass pass) {
    return plan.network().call(() -> layer.forward(images, pass));
  }

  @Override
  public Optional<Fitting> fitting() {
    return plan.network().call(layer::fitting);
  }

  @Override
  public Optional<MapFitting> mapFitting() {
    return plan.network().call(layer::mapFitting);
  }

  @Override
  public NetworkCost cost() {
    MultiplicationCounter counter = new MultiplicationCounter();
    Pass pass = Pass.inference().with(Pass.Execution.DIRECT);
    try (NDManager manager = store.manager().newSubManager()) {
      NDArray image = manager.zeros(new Shape(1, 3, shape.imageHeight(), shape.imageWidth()));
      Scopes.withoutGradients(() -> anomalyMaps(Recording.of(image, "image", counter), pass));
    } catch (UniassException | UnrecordableException e) {
      counter.gaveUp(e.getMessage());
    }
    long parameters = store.parameters().stream().mapToLong(p -> p.value().size()).sum();
    return new NetworkCost(parameters, counter.sum(), List.copyOf(counter.uncounted()));
  }

  @Override
  public void close() {
    store.close();
  }
}
