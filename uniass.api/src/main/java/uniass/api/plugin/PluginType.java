package uniass.api.plugin;

/** The types of plug-ins, as {@code uniass:list} shows them. */
public final class PluginType {

  /** {@link uniass.api.network.Backbone}. */
  public static final String BACKBONE = "backbone";

  /** {@link uniass.api.network.FeatureProcessing}. */
  public static final String FEATURES = "features";

  /** {@link uniass.api.network.PixelDecoder}. */
  public static final String PIXEL_DECODER = "pixel-decoder";

  /** {@link uniass.api.network.AttentionBlock}. */
  public static final String ATTENTION = "attention";

  /** {@link uniass.api.network.GatedCnn}. */
  public static final String GATED_CNN = "gated-cnn";

  /** {@link uniass.api.network.QueryProjector}. */
  public static final String QUERY_PROJECTOR = "query-projector";

  /** {@link uniass.api.network.QueryProcessor}. */
  public static final String QUERY = "query";

  /** {@link uniass.api.network.LossTerm}. */
  public static final String LOSS = "loss";

  /** {@link uniass.api.network.MapFilter}. */
  public static final String MAP_FILTER = "map-filter";

  /** {@link uniass.api.network.MapFusion}. */
  public static final String FUSION = "fusion";

  /** {@link uniass.api.data.DatasetReader}. */
  public static final String DATASET = "dataset";

  /** {@link uniass.api.metric.Metric}. */
  public static final String METRIC = "metric";

  private PluginType() {}
}
