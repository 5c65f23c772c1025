/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.storage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The anomalous pixels of a mask as horizontal runs, joined to 8-connected components by union-find
 * over runs. Reused from image to image.
 */
final class MaskRuns {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int[] parents = new int[64];
  private int[] sizes = new int[64];
  private int runs;
  private int components;

  /** Finds runs and components of a height x width mask. */
  void find(byte[] mask, int height, int width) {
    runs = 0;
    int above = 0;
    for (int y = 0; y < height; y++) {
      int rowFirst = runs;
      int rowStart = y * width;
      int rowEnd = rowStart + width;
      for (int i = rowStart; i < rowEnd; i++) {
        while (i + Long.BYTES <= rowEnd && (long) WORDS.get(mask, i) == 0) {
          i += Long.BYTES;
        }
        if (i < rowEnd && mask[i] != 0) {
          int start = i;
          while (i < rowEnd && mask[i] != 0) {
            i++;
          }
          addRun(start, i);
        }
      }
      join(above, rowFirst, width);
      above = rowFirst;
    }
    number();
  }

  int runs() {
    return runs;
  }

  /** Index of a run's first pixel. */
  int start(int run) {
    return starts[run];
  }

  /** Index after a run's last pixel. */
  int end(int run) {
    return ends[run];
  }

  /** A run's component, numbered from 0 in raster order. */
  int component(int run) {
    return parents[run];
  }

  int components() {
    return components;
  }

  /** Pixels of a component. */
  int size(int component) {
    return sizes[component];
  }

  private void addRun(int start, int end) {
    if (runs == starts.length) {
      starts = Arrays.copyOf(starts, 2 * runs);
      ends = Arrays.copyOf(ends, 2 * runs);
      parents = Arrays.copyOf(parents, 2 * runs);
      sizes = Arrays.copyOf(sizes, 2 * runs);
    }
    starts[runs] = start;
    ends[runs] = end;
    parents[runs] = runs;
    runs++;
  }

  /** Joins the runs of one row with those above that touch them, corners included. */
  private void join(int above, int rowFirst, int width) {
    int up = above;
    for (int run = rowFirst; run < runs; run++) {
      int start = starts[run] - width;
      int end = ends[run] - width;
      while (up < rowFirst && ends[up] < start) {
        up++;
      }
      for (int other = up; other < rowFirst && starts[other] <= end; other++) {
        union(other, run);
      }
    }
  }

  /** The smaller run becomes the root, so that roots come first in raster order. */
  private void union(int a, int b) {
    int rootA = root(a);
    int rootB = root(b);
    parents[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  private int root(int run) {
    int r = run;
    while (parents[r] != r) {
      parents[r] = parents[parents[r]];
      r = parents[r];
    }
    return r;
  }

  /** Replaces each run's parent by its component's number. */
  private void number() {
    components = 0;
    for (int run = 0; run < runs; run++) {
      int parent = parents[run];
      if (parent == run) {
        sizes[components] = 0;
        parents[run] = components++;
      } else {
        // A parent is an earlier run, whose entry is a number already.
        parents[run] = parents[parent];
      }
      sizes[parents[run]] += ends[run] - starts[run];
    }
  }
}
