/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import uniass.api.network.AttentionBlock;
import uniass.api.network.Backbone;
import uniass.api.network.FeatureProcessing;
import uniass.api.network.GatedCnn;
import uniass.api.network.LossTerm;
import uniass.api.network.MapFilter;
import uniass.api.network.MapFusion;
import uniass.api.network.Network;
import uniass.api.network.NetworkPlan;
import uniass.api.network.PixelDecoder;
import uniass.api.network.QueryProcessor;
import uniass.api.network.QueryProjector;
import uniass.api.plugin.Configured;
import uniass.api.plugin.Part;
import uniass.api.plugin.Settings;
import uniass.model.attention.SpatialAttention;
import uniass.model.attention.SpatialChannelAttention;
import uniass.model.backbone.EfficientNetB0;
import uniass.model.backbone.EfficientNetB1;
import uniass.model.backbone.EfficientNetB2;
import uniass.model.backbone.EfficientNetB3;
import uniass.model.backbone.EfficientNetB4;
import uniass.model.backbone.EfficientNetB5;
import uniass.model.backbone.EfficientNetB6;
import uniass.model.backbone.EfficientNetLite0;
import uniass.model.bank.MemoryBank;
import uniass.model.cnn.Conv1x1;
import uniass.model.cnn.Conv3x3;
import uniass.model.cnn.Conv3x3x3;
import uniass.model.cnn.Identity;
import uniass.model.cnn.MggCnn;
import uniass.model.cnn.MggCnnLight;
import uniass.model.cnn.PixelMlp;
import uniass.model.decoder.Fpn;
import uniass.model.decoder.TransformerFpn;
import uniass.model.dinomaly.Dinomaly;
import uniass.model.features.Gaussian;
import uniass.model.features.GaussianResidual;
import uniass.model.features.Unprocessed;
import uniass.model.loss.CosineDistance;
import uniass.model.loss.MeanSquaredError;
import uniass.model.map.GaussianFilter;
import uniass.model.map.MeanFusion;
import uniass.model.map.NoFilter;
import uniass.model.map.ProductFusion;
import uniass.model.map.RefinedFusion;
import uniass.model.query.Conv1x1Projector;
import uniass.model.query.Conv3x3Projector;
import uniass.model.query.Conv3x3x3Projector;
import uniass.model.query.IdentityProjector;
import uniass.model.query.Mlp1Projector;
import uniass.model.query.Mlp3Projector;
import uniass.model.query.PlainQueries;
import uniass.model.query.ReWeightedQueries;

/**
 * Makes plans from names without OSGi, for tests and benchmarks. Starts with the paper's network;
 * settings that are not given have the parts' defaults.
 */
public final class PlanBuilder {

  private static final Map<String, Supplier<Backbone>> BACKBONES =
      Map.of(
          "efficientnet-b0", EfficientNetB0::new,
          "efficientnet-b1", EfficientNetB1::new,
          "efficientnet-b2", EfficientNetB2::new,
          "efficientnet-b3", EfficientNetB3::new,
          "efficientnet-b4", EfficientNetB4::new,
          "efficientnet-b5", EfficientNetB5::new,
          "efficientnet-b6", EfficientNetB6::new,
          "efficientnet-lite0", EfficientNetLite0::new);
  private static final Map<String, Supplier<FeatureProcessing>> FEATURES =
      Map.of(
          "gaussian-residual", GaussianResidual::new,
          "gaussian", Gaussian::new,
          "none", Unprocessed::new);
  private static final Map<String, Supplier<PixelDecoder>> PIXEL_DECODERS =
      Map.of("transformer-fpn", TransformerFpn::new, "fpn", Fpn::new);
  private static final Map<String, Supplier<AttentionBlock>> ATTENTION =
      Map.of("spatial-channel", SpatialChannelAttention::new, "spatial", SpatialAttention::new);
  private static final Map<String, Supplier<GatedCnn>> GATED_CNNS =
      Map.of(
          "mgg-cnn", MggCnn::new,
          "mgg-cnn-light", MggCnnLight::new,
          "conv3x3x3", Conv3x3x3::new,
          "conv3x3", Conv3x3::new,
          "conv1x1", Conv1x1::new,
          "mlp", PixelMlp::new,
          "identity", Identity::new);
  private static final Map<String, Supplier<QueryProjector>> PROJECTORS =
      Map.of(
          "conv3x3", Conv3x3Projector::new,
          "conv1x1", Conv1x1Projector::new,
          "conv3x3x3", Conv3x3x3Projector::new,
          "mlp1", Mlp1Projector::new,
          "mlp3", Mlp3Projector::new,
          "identity", IdentityProjector::new);
  private static final Map<String, Supplier<QueryProcessor>> PROCESSORS =
      Map.of("re-weighted", ReWeightedQueries::new, "plain", PlainQueries::new);
  private static final Map<String, Supplier<LossTerm>> LOSS =
      Map.of("mse", MeanSquaredError::new, "cosine", CosineDistance::new);
  private static final Map<String, Supplier<MapFilter>> FILTERS =
      Map.of("gaussian", GaussianFilter::new, "none", NoFilter::new);
  private static final Map<String, Supplier<MapFusion>> FUSIONS =
      Map.of("product", ProductFusion::new, "mean", MeanFusion::new, "refined", RefinedFusion::new);

  private static final Map<String, Supplier<Network>> NETWORKS =
      Map.of("uniass", Uniass::new, "memory-bank", MemoryBank::new, "dinomaly", Dinomaly::new);

  private int height = 224;
  private int width = 224;
  private Configured<Network> network = chosen(NETWORKS, "uniass", Map.of());
  private int hidden = 256;
  private Configured<Backbone> backbone = chosen(BACKBONES, "efficientnet-b4", Map.of());
  private Configured<FeatureProcessing> features = chosen(FEATURES, "gaussian-residual", Map.of());
  private Configured<PixelDecoder> pixelDecoder =
      chosen(PIXEL_DECODERS, "transformer-fpn", Map.of());
  private Configured<AttentionBlock> attention = chosen(ATTENTION, "spatial-channel", Map.of());
  private Configured<GatedCnn> gatedCnn = chosen(GATED_CNNS, "mgg-cnn", Map.of());
  private Configured<QueryProjector> projector = chosen(PROJECTORS, "conv3x3", Map.of());
  private Configured<QueryProcessor> processor = chosen(PROCESSORS, "re-weighted", Map.of());
  private final List<Configured<LossTerm>> loss =
      new ArrayList<>(List.of(chosen(LOSS, "mse", Map.of()), chosen(LOSS, "cosine", Map.of())));
  private double lossWeight = 10;
  private NetworkPlan.Jitter jitter = new NetworkPlan.Jitter(20, 0.5);
  private Configured<MapFilter> mapFilter = chosen(FILTERS, "gaussian", Map.of());
  private Configured<MapFusion> fusion = chosen(FUSIONS, "product", Map.of());

  /** Sets the image's size in pixels. */
  public PlanBuilder image(int newHeight, int newWidth) {
    height = newHeight;
    width = newWidth;
    return this;
  }

  /** Sets the head's width. */
  public PlanBuilder hidden(int newHidden) {
    hidden = newHidden;
    return this;
  }

  /** Chooses the backbone. */
  public PlanBuilder backbone(String name) {
    backbone = chosen(BACKBONES, name, Map.of());
    return this;
  }

  /** Takes a backbone that has no name here. */
  public PlanBuilder backbone(String name, Backbone part, Map<String, Object> settings) {
    backbone = new Configured<>(name, part, Settings.defaults(part, settings));
    return this;
  }

  /** Chooses the feature processing. */
  public PlanBuilder features(String name) {
    features = chosen(FEATURES, name, Map.of());
    return this;
  }

  /** Chooses the pixel decoder. */
  public PlanBuilder pixelDecoder(String name, Map<String, Object> settings) {
    pixelDecoder = chosen(PIXEL_DECODERS, name, settings);
    return this;
  }

  /** Chooses the attention block. */
  public PlanBuilder attention(String name, Map<String, Object> settings) {
    attention = chosen(ATTENTION, name, settings);
    return this;
  }

  /** Chooses the gated CNN. */
  public PlanBuilder gatedCnn(String name, Map<String, Object> settings) {
    gatedCnn = chosen(GATED_CNNS, name, settings);
    return this;
  }

  /** Replaces the gated CNN by one of the caller's own. */
  public PlanBuilder gatedCnn(Configured<GatedCnn> own) {
    gatedCnn = own;
    return this;
  }

  /** Chooses projector and processor of the queries. */
  public PlanBuilder query(String projectorName, String processorName) {
    projector = chosen(PROJECTORS, projectorName, Map.of());
    processor = chosen(PROCESSORS, processorName, Map.of());
    return this;
  }

  /** Chooses the loss terms, the cosine's form ({@code paper} or {@code released}) and weight. */
  public PlanBuilder loss(List<String> terms, String cosine, double weight) {
    loss.clear();
    for (String term : terms) {
      Map<String, Object> settings = term.equals("cosine") ? Map.of("form", cosine) : Map.of();
      loss.add(chosen(LOSS, term, settings));
    }
    lossWeight = weight;
    return this;
  }

  /** Sets the feature jitter. */
  public PlanBuilder jitter(double scale, double probability) {
    jitter = new NetworkPlan.Jitter(scale, probability);
    return this;
  }

  /** Chooses the map filter and the fusion. */
  public PlanBuilder maps(String filter, String fusionName) {
    mapFilter = chosen(FILTERS, filter, Map.of());
    return fusion(fusionName, Map.of());
  }

  /** Chooses the fusion. */
  public PlanBuilder fusion(String name, Map<String, Object> settings) {
    fusion = chosen(FUSIONS, name, settings);
    return this;
  }

  /** Chooses the kind of network. */
  public PlanBuilder network(String name, Map<String, Object> settings) {
    network = chosen(NETWORKS, name, settings);
    return this;
  }

  /** Makes the plan. */
  public NetworkPlan build() {
    return new NetworkPlan(
        height,
        width,
        network,
        hidden,
        backbone,
        features,
        pixelDecoder,
        attention,
        gatedCnn,
        projector,
        processor,
        loss,
        lossWeight,
        jitter,
        mapFilter,
        fusion,
        Optional.empty());
  }

  private static <P extends Part> Configured<P> chosen(
      Map<String, Supplier<P>> parts, String name, Map<String, Object> settings) {
    Supplier<P> supplier = parts.get(name);
    if (supplier == null) {
      throw new IllegalArgumentException("no '" + name + "' among " + parts.keySet());
    }
    P part = supplier.get();
    return new Configured<>(name, part, Settings.defaults(part, settings));
  }
}
