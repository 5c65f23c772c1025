package uniass.metrics.pixel;

import java.util.List;
import java.util.Map;
import uniass.api.metric.Scores;
import uniass.metrics.rank.RankFigures;

/**
 * Figures of a group's pixels.
 *
 * @param ranks figures of the pooled pixels
 * @param lowest the lowest score; NaN without pixels
 * @param pro area under the overlap curve by its limit
 * @param components number of anomalous components
 * @param curves thinned curves, if kept
 */
public record PixelFigures(
    RankFigures ranks,
    double lowest,
    Map<Double, Double> pro,
    int components,
    List<Scores.Curve> curves) {}
