/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The type of the plug-ins that implement a contract: {@code @PluginType("gated-cnn") interface
 * GatedCnn}. A plug-in's type follows from the service interface that it registers.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PluginType {

  /** {@link uniass.api.network.Network}. */
  String NETWORK = "network";

  /** {@link uniass.api.network.Backbone}. */
  String BACKBONE = "backbone";

  /** {@link uniass.api.network.FeatureProcessing}. */
  String FEATURES = "features";

  /** {@link uniass.api.network.PixelDecoder}. */
  String PIXEL_DECODER = "pixel-decoder";

  /** {@link uniass.api.network.AttentionBlock}. */
  String ATTENTION = "attention";

  /** {@link uniass.api.network.GatedCnn}. */
  String GATED_CNN = "gated-cnn";

  /** {@link uniass.api.network.QueryProjector}. */
  String QUERY_PROJECTOR = "query-projector";

  /** {@link uniass.api.network.QueryProcessor}. */
  String QUERY = "query";

  /** {@link uniass.api.network.LossTerm}. */
  String LOSS = "loss";

  /** {@link uniass.api.network.MapFilter}. */
  String MAP_FILTER = "map-filter";

  /** {@link uniass.api.network.MapFusion}. */
  String FUSION = "fusion";

  /** {@link uniass.api.data.DatasetReader}. */
  String DATASET = "dataset";

  /** {@link uniass.api.data.SyntheticAnomalies}. */
  String SYNTHETIC_ANOMALIES = "synthetic-anomalies";

  /** {@link uniass.api.metric.Metric}. */
  String METRIC = "metric";

  /** The type in kebab case, as {@code uniass list} shows it. */
  String value();
}
