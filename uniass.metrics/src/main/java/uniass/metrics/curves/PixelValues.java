/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.curves;

import java.util.List;
import java.util.Map;
import uniass.api.metric.Scores;

/**
 * Metric values of a group's pixels.
 *
 * @param ranks metric values of the pooled pixels
 * @param lowest the lowest score; NaN without pixels
 * @param pro area under the overlap curve by its limit
 * @param components number of anomalous components
 * @param curves thinned curves, if kept
 */
public record PixelValues(
    RankValues ranks,
    double lowest,
    Map<Double, Double> pro,
    int components,
    List<Scores.Curve> curves) {}
