/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.fast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a head does along one axis, as matrices. Enlarging n cells to h pixels is a matrix U, moving
 * by one tap with zeros coming in is a matrix S, and three convolutions apply S S S U for every
 * triple of their taps. Few of these products differ: only their distinct ones are kept.
 */
final class AxisOperators {

  private final int cells;
  private final int pixels;
  private final List<int[]> pairs = new ArrayList<>();
  private final List<int[]> triples = new ArrayList<>();
  private final float[] pairReduction;
  private final float[] tripleReduction;

  /**
   * Finds the operators.
   *
   * @param cells n of the grid
   * @param pixels h of the level
   * @param kernels taps of the three convolutions, in the order of their application
   */
  AxisOperators(int cells, int pixels, List<Integer> kernels) {
    this.cells = cells;
    this.pixels = pixels;
    List<int[]> last = shifts(kernels.get(2));
    List<int[]> middle = shifts(kernels.get(1));
    List<int[]> first = shifts(kernels.get(0));
    List<Integer> pairIndex = distinct(last, middle, pairs);
    pairReduction = reduction(pairIndex, pairs.size());
    List<Integer> tripleIndex = distinct(pairs, first, triples);
    tripleReduction = reduction(tripleIndex, triples.size());
  }

  /** Number of distinct products of the last two convolutions' shifts. */
  int pairs() {
    return pairs.size();
  }

  /** Number P of distinct products of all three. */
  int triples() {
    return triples.size();
  }

  /** Which pair (last tap major) counts for which product: (pairs, last taps x middle taps). */
  float[] pairReduction() {
    return pairReduction;
  }

  /** Which pair and first tap counts for which product: (P, pairs x first taps). */
  float[] tripleReduction() {
    return tripleReduction;
  }

  /** All products times U: (h, P n), operator major in the columns. */
  float[] matrix() {
    float[][] enlarge = enlarge();
    float[] matrix = new float[pixels * triples.size() * cells];
    for (int p = 0; p < pixels; p++) {
      for (int k = 0; k < triples.size(); k++) {
        int source = triples.get(k)[p];
        if (source >= 0) {
          int start = (p * triples.size() + k) * cells;
          System.arraycopy(enlarge[source], 0, matrix, start, cells);
        }
      }
    }
    return matrix;
  }

  /** Bilinear, aligned corners; in float, as the engine interpolates. */
  private float[][] enlarge() {
    float[][] matrix = new float[pixels][cells];
    float scale = pixels > 1 ? (float) (cells - 1) / (pixels - 1) : 0;
    for (int p = 0; p < pixels; p++) {
      float position = scale * p;
      int lower = Math.min((int) position, cells - 1);
      int upper = Math.min(lower + 1, cells - 1);
      float fraction = position - lower;
      matrix[p][lower] += 1 - fraction;
      matrix[p][upper] += fraction;
    }
    return matrix;
  }

  /** For each tap the pixel that each pixel reads, or -1 outside. */
  private List<int[]> shifts(int taps) {
    List<int[]> shifts = new ArrayList<>();
    for (int t = 0; t < taps; t++) {
      int[] source = new int[pixels];
      for (int p = 0; p < pixels; p++) {
        int q = p + t - taps / 2;
        source[p] = q >= 0 && q < pixels ? q : -1;
      }
      shifts.add(source);
    }
    return shifts;
  }

  /** Composes every outer with every inner map; returns the index of each product. */
  private static List<Integer> distinct(
      List<int[]> outer, List<int[]> inner, List<int[]> products) {
    Map<List<Integer>, Integer> known = new LinkedHashMap<>();
    List<Integer> indices = new ArrayList<>();
    for (int[] a : outer) {
      for (int[] b : inner) {
        int[] product = Arrays.stream(a).map(q -> q < 0 ? -1 : b[q]).toArray();
        List<Integer> key = Arrays.stream(product).boxed().toList();
        Integer index = known.get(key);
        if (index == null) {
          index = products.size();
          known.put(key, index);
          products.add(product);
        }
        indices.add(index);
      }
    }
    return indices;
  }

  private static float[] reduction(List<Integer> indices, int products) {
    float[] matrix = new float[products * indices.size()];
    for (int i = 0; i < indices.size(); i++) {
      matrix[indices.get(i) * indices.size() + i] = 1;
    }
    return matrix;
  }
}
