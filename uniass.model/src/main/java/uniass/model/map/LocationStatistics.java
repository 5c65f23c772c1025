/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.map;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is usual at each place of the maps of one level, from n normal images of one category.
 *
 * <p>In image i and place p the map has the mean x(i,p) and the mean square q(i,p).
 *
 * <ul>
 *   <li>Mean of a place: the mean over i of x(i,p), shrunk; that gives m(p). The whole map's is c,
 *       the mean over p.
 *   <li>Spread of a place in an image: s(i,p) = sqrt(q(i,p) - 2 m(p) x(i,p) + m(p)^2), the root of
 *       the mean squared deviation from m(p). The mean over i of its logarithm, shrunk and weighted
 *       with n against {@code prior} images that have the whole map's spread, gives l(p). The whole
 *       map's is L, the mean over p.
 *   <li>Gain: exp(L - l(p)), between 1/{@value #MOST_GAIN} and {@value #MOST_GAIN}.
 * </ul>
 *
 * <p>Unless quiet places are raised, c and L are instead what three quarters of the places stay
 * below, m(p) is c at least, and the gain at most 1: only the few places that are odder than the
 * others change.
 *
 * <p>Shrinking (empirical Bayes): T is the variance of the places' means, W the variance of a place
 * from image to image after each image's own mean is taken off. By chance alone T is W/n. So each
 * place keeps the share k = max(0, T - 2 W/n) / T of its distance to the whole map's mean: twice
 * the noise is taken off, so that products which are not aligned stay as they are. One image says
 * nothing of W: k is 0.
 */
final class LocationStatistics {

  private static final double MOST_GAIN = 4;
  private static final double LEAST_SPREAD = 1e-6;
  private static final double NOISE = 2;
  private static final double USUAL = 0.75;

  private final int places;
  private final List<double[]> means = new ArrayList<>();
  private final List<double[]> squares = new ArrayList<>();

  /** For so many places. */
  LocationStatistics(int places) {
    this.places = places;
  }

  /** Takes the means and mean squares of an image's places, one after the other. */
  void add(float[] moments, int offset) {
    double[] mean = new double[places];
    double[] square = new double[places];
    for (int p = 0; p < places; p++) {
      mean[p] = moments[offset + p];
      square[p] = moments[offset + places + p];
    }
    means.add(mean);
    squares.add(square);
  }

  /** The result: the gain less 1, the usual value m, and c, each for all places. */
  float[] grids(double prior, boolean raise) {
    float[] grids = new float[PerLocation.VALUES * places];
    int n = means.size();
    if (n < 2) {
      return grids;
    }
    Shrunk mean = Shrunk.of(means);
    List<double[]> spreads = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      spreads.add(logSpread(means.get(i), squares.get(i), mean.places()));
    }
    Shrunk spread = Shrunk.of(spreads);
    double counts = n / (n + prior);
    double whole = raise ? mean.whole() : mean.quantile(USUAL);
    double wholeSpread = raise ? spread.whole() : spread.quantile(USUAL);
    for (int p = 0; p < places; p++) {
      double gain = Math.exp(counts * (wholeSpread - spread.places()[p]));
      double usual = mean.places()[p];
      grids[p] = (float) (Math.min(raise ? MOST_GAIN : 1, Math.max(1 / MOST_GAIN, gain)) - 1);
      grids[places + p] = (float) (raise ? usual : Math.max(usual, whole));
      grids[2 * places + p] = (float) whole;
    }
    return grids;
  }

  private static double[] logSpread(double[] mean, double[] square, double[] usual) {
    double[] logarithm = new double[mean.length];
    for (int p = 0; p < mean.length; p++) {
      double variance = square[p] - 2 * usual[p] * mean[p] + usual[p] * usual[p];
      logarithm[p] = 0.5 * Math.log(Math.max(variance, LEAST_SPREAD * LEAST_SPREAD));
    }
    return logarithm;
  }

  /**
   * A value of each place, and that of the whole map.
   *
   * @param places shrunk
   * @param whole their mean
   */
  record Shrunk(double[] places, double whole) {

    /** What a share of the places stays below. */
    double quantile(double share) {
      double[] sorted = places.clone();
      Arrays.sort(sorted);
      return sorted[(int) (share * sorted.length)];
    }

    /** Of the values of two images at least. */
    static Shrunk of(List<double[]> images) {
      int n = images.size();
      int size = images.get(0).length;
      double[] mean = new double[size];
      double whole = 0;
      for (double[] image : images) {
        for (int p = 0; p < size; p++) {
          mean[p] += image[p] / n;
          whole += image[p] / n / size;
        }
      }
      double between = 0;
      for (double value : mean) {
        between += (value - whole) * (value - whole) / (size - 1);
      }
      double noise = within(images, mean, whole) / n;
      double kept = between > 0 ? Math.max(0, between - NOISE * noise) / between : 0;
      double[] places = new double[size];
      for (int p = 0; p < size; p++) {
        places[p] = whole + kept * (mean[p] - whole);
      }
      return new Shrunk(places, whole);
    }

    private static double within(List<double[]> images, double[] mean, double whole) {
      double sum = 0;
      for (double[] image : images) {
        double own = 0;
        for (double value : image) {
          own += value / image.length;
        }
        for (int p = 0; p < image.length; p++) {
          double rest = image[p] - own - mean[p] + whole;
          sum += rest * rest;
        }
      }
      return sum / ((images.size() - 1.0) * (mean.length - 1.0));
    }
  }
}
