/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.model;

import ai.djl.Device;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.checkpoint.LoadReport;
import uniass.api.data.Normalization;
import uniass.api.data.SyntheticAnomalies;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.AttentionBlock;
import uniass.api.network.Backbone;
import uniass.api.network.FeatureProcessing;
import uniass.api.network.GatedCnn;
import uniass.api.network.LossTerm;
import uniass.api.network.MapFilter;
import uniass.api.network.MapFusion;
import uniass.api.network.Network;
import uniass.api.network.NetworkPlan;
import uniass.api.network.Networks;
import uniass.api.network.PixelDecoder;
import uniass.api.network.PretrainedWeights;
import uniass.api.network.QueryProcessor;
import uniass.api.network.QueryProjector;
import uniass.api.plugin.Configured;
import uniass.api.plugin.Part;
import uniass.api.plugin.Settings;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.experiment.ExperimentSpec.ModelSpec;
import uniass.inference.experiment.PartSpec;
import uniass.inference.plugin.PartsInUse;
import uniass.inference.plugin.Plugins;

/** Builds the network of an experiment from plug-ins. */
public final class Composer {

  private final Plugins plugins;
  private final Networks networks;
  private final Checkpoints checkpoints;

  /** Builds from these. */
  public Composer(Plugins plugins, Networks networks, Checkpoints checkpoints) {
    this.plugins = plugins;
    this.networks = networks;
    this.checkpoints = checkpoints;
  }

  /** Says why the experiment's network cannot be built, or trained; one line a reason. */
  public List<String> refusals(ExperimentSpec spec) {
    try (PartsInUse parts = new PartsInUse(plugins)) {
      return networks.refusals(plan(spec, parts, Optional.empty()));
    }
  }

  /**
   * Says why the backbone has no weights to start from, if that is so.
   *
   * @return one line that says how to fix it
   */
  private Optional<String> missingWeights(ExperimentSpec spec) {
    if (!spec.model().weights().equals(ModelSpec.BUNDLED)) {
      return Optional.empty();
    }
    return architecture(spec)
        .filter(a -> plugins.pretrained(a).isEmpty())
        .map(
            a ->
                "backbone '"
                    + spec.model().backbone().name()
                    + "' has no pretrained weights here: give model.backbone.weights a file, or"
                    + " 'random' to go on without");
  }

  /** Origin of the backbone's weights, for reports. */
  public String origin(ExperimentSpec spec) {
    String weights = spec.model().weights();
    if (!weights.equals(ModelSpec.BUNDLED)) {
      return weights;
    }
    return architecture(spec)
        .flatMap(plugins::pretrained)
        .map(PretrainedWeights::origin)
        .orElse("none");
  }

  /**
   * Builds a network to be trained: first values from the seed, the backbone's from its weights.
   *
   * @param parts owns the instances
   */
  public AnomalyNetwork untrained(ExperimentSpec spec, PartsInUse parts, Device device) {
    missingWeights(spec)
        .ifPresent(
            reason -> {
              throw new UniassException(reason);
            });
    Optional<PretrainedWeights> bundled =
        spec.model().weights().equals(ModelSpec.BUNDLED)
            ? architecture(spec).flatMap(plugins::pretrained)
            : Optional.empty();
    AnomalyNetwork network =
        networks.assemble(
            plan(spec, parts, bundled.map(PretrainedWeights::normalization)),
            device,
            spec.train().seed());
    try {
      if (bundled.isPresent()) {
        load(network, spec, read(bundled.get()), "the bundled weights");
      } else if (!List.of(ModelSpec.RANDOM, ModelSpec.BUNDLED).contains(spec.model().weights())) {
        Checkpoint published = checkpoints.read(Path.of(spec.model().weights()));
        load(network, spec, published, spec.model().weights());
      }
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** Builds a network for its names and shapes alone. */
  public AnomalyNetwork empty(ExperimentSpec spec, PartsInUse parts, Device device) {
    return empty(spec, parts, device, Optional.empty());
  }

  /** Builds a network whose values are all about to be replaced. */
  AnomalyNetwork empty(
      ExperimentSpec spec, PartsInUse parts, Device device, Optional<Normalization> normalization) {
    Optional<Normalization> chosen =
        normalization.isPresent()
            ? normalization
            : architecture(spec).flatMap(plugins::pretrained).map(PretrainedWeights::normalization);
    return networks.assemble(plan(spec, parts, chosen), device, spec.train().seed());
  }

  private Optional<String> architecture(ExperimentSpec spec) {
    return ofBackbone(spec, Backbone::architecture);
  }

  private <T> T ofBackbone(ExperimentSpec spec, BiFunction<Backbone, Settings, T> call) {
    PartSpec backbone = spec.model().backbone();
    try (Plugins.Taken<Backbone> taken =
        plugins.take(backbone.type(), backbone.name(), Backbone.class)) {
      return new Configured<>(backbone.name(), taken.part(), backbone.settings()).call(call);
    }
  }

  private Checkpoint read(PretrainedWeights weights) {
    try (InputStream in = weights.open()) {
      return checkpoints.read(in, "the weights of " + weights.architecture());
    } catch (IOException e) {
      throw new UniassException(
          "the weights of " + weights.architecture() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void load(
      AnomalyNetwork network, ExperimentSpec spec, Checkpoint published, String source) {
    boolean whole =
        published.tensors().keySet().stream()
            .anyMatch(name -> name.startsWith(AnomalyNetwork.BACKBONE_PREFIX));
    Checkpoint checkpoint =
        whole
            ? published
            : published.withTensors(
                ofBackbone(spec, (part, s) -> part.adapted(published.tensors(), s)));
    LoadReport report =
        checkpoints.load(
            checkpoint, network.parameters(), whole ? "" : AnomalyNetwork.BACKBONE_PREFIX);
    List<String> missing =
        report.missing().stream()
            .filter(name -> name.startsWith(AnomalyNetwork.BACKBONE_PREFIX))
            .toList();
    if (!missing.isEmpty()) {
      throw new UniassException(
          source
              + " lacks "
              + missing.size()
              + " of the backbone's parameters, first '"
              + missing.get(0)
              + "': it belongs to another backbone");
    }
  }

  private NetworkPlan plan(
      ExperimentSpec spec, PartsInUse parts, Optional<Normalization> normalization) {
    ModelSpec m = spec.model();
    return new NetworkPlan(
        spec.dataset().format().height(),
        spec.dataset().format().width(),
        take(parts, m.network(), Network.class),
        m.hidden(),
        take(parts, m.backbone(), Backbone.class),
        take(parts, m.features(), FeatureProcessing.class),
        take(parts, m.pixelDecoder(), PixelDecoder.class),
        take(parts, m.attention(), AttentionBlock.class),
        take(parts, m.gatedCnn(), GatedCnn.class),
        take(parts, m.query().projector(), QueryProjector.class),
        take(parts, m.query().processor(), QueryProcessor.class),
        m.loss().terms().stream().map(t -> term(parts, t)).toList(),
        m.loss().weight(),
        new NetworkPlan.Jitter(m.jitter().scale(), m.jitter().probability()),
        take(parts, m.mapFilter(), MapFilter.class),
        take(parts, m.fusion(), MapFusion.class),
        normalization);
  }

  /** Takes a term of the loss. One that is not there is reported when a loss is computed. */
  private Configured<LossTerm> term(PartsInUse parts, PartSpec spec) {
    if (plugins.names(spec.type()).contains(spec.name())) {
      return take(parts, spec, LossTerm.class);
    }
    LossTerm missing =
        (scope, shape, settings) ->
            (reconstruction, target, stride, pass) -> {
              throw plugins.missing(spec.type(), spec.name());
            };
    return new Configured<>(spec.name(), missing, spec.settings());
  }

  /** What paints synthetic defects, as the experiment has it. */
  public static SyntheticAnomalies.Generator painter(PartsInUse parts, ExperimentSpec spec) {
    return painter(take(parts, spec.dataset().synthetic(), SyntheticAnomalies.class));
  }

  /** What paints one synthetic defect on each image. */
  public static SyntheticAnomalies.Generator singlePainter(PartsInUse parts, ExperimentSpec spec) {
    Configured<SyntheticAnomalies> part =
        take(parts, spec.dataset().synthetic(), SyntheticAnomalies.class);
    return painter(
        new Configured<>(part.name(), part.part(), part.call(SyntheticAnomalies::single)));
  }

  private static SyntheticAnomalies.Generator painter(Configured<SyntheticAnomalies> part) {
    SyntheticAnomalies.Generator generator = part.call(SyntheticAnomalies::create);
    return (image, others, random) -> part.call(() -> generator.paint(image, others, random));
  }

  /** Takes a part of an experiment. */
  public static <P extends Part> Configured<P> take(
      PartsInUse parts, PartSpec spec, Class<P> contract) {
    return new Configured<>(
        spec.name(), parts.take(spec.type(), spec.name(), contract), spec.settings());
  }
}
