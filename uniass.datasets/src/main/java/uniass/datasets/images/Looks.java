/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import uniass.api.Problem;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.Split;
import uniass.datasets.images.Findings.Kind;

/**
 * Finds training images that look unlike the others of their category: another product, or an odd
 * one. The images, shrunk to a few pixels, are joined to a tree by the shortest distances (a
 * minimum spanning tree); where a branch is several times as long as usual, what hangs on it is
 * unlike the rest. It says nothing of small defects. Safe for use by several threads.
 */
final class Looks {

  private static final int SIDE = 8;

  /** So many images of a category are looked at, at equal distances. */
  private static final int MOST = 400;

  /** Fewer say too little about what is usual. */
  private static final int FEWEST = 12;

  /**
   * A long branch: so many times the median one, and so many gray values. On 9 categories of real
   * and drawn products the longest was 0.9 to 2.3 times the median, with one exception that is odd
   * to the eye (3.3); of two products in one folder mostly above 3.5.
   */
  private static final double TIMES = 3;

  private static final double GRAY_VALUES = 20;
  private static final int NAMED = 3;

  private final List<Image> images;
  private final Map<Integer, byte[]> looks = new HashMap<>();

  /** For the images of a data set; keeps something for some of them only. */
  Looks(List<Image> images) {
    this.images = images;
    Map<String, List<Integer>> places = new TreeMap<>();
    for (int i = 0; i < images.size(); i++) {
      Image image = images.get(i);
      if (image.split() == Split.TRAIN && image.label() == Label.NORMAL) {
        places.computeIfAbsent(image.category(), c -> new ArrayList<>()).add(i);
      }
    }
    for (List<Integer> own : places.values()) {
      int count = Math.min(MOST, own.size());
      for (int i = 0; own.size() >= FEWEST && i < count; i++) {
        looks.put(own.get((int) ((long) i * own.size() / count)), new byte[0]);
      }
    }
  }

  /** Shrinks an image: the means of 8 x 8 fields, red, green and blue. */
  static byte[] of(byte[] rgb, int height, int width) {
    long[] sums = new long[SIDE * SIDE * 3];
    int[] counts = new int[SIDE * SIDE];
    for (int y = 0, at = 0; y < height; y++) {
      int row = y * SIDE / height * SIDE;
      for (int x = 0; x < width; x++) {
        int field = row + x * SIDE / width;
        counts[field]++;
        for (int c = 0; c < 3; c++) {
          sums[3 * field + c] += rgb[at++] & 0xFF;
        }
      }
    }
    byte[] means = new byte[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (byte) (sums[i] / Math.max(1, counts[i / 3]));
    }
    return means;
  }

  /** Takes what {@link #of} made of the image at a place. */
  synchronized void add(int place, byte[] look) {
    if (look.length > 0) {
      looks.replace(place, look);
    }
  }

  /** Names what is unlike the rest, in a line per category. */
  void check(Findings findings) {
    Map<String, List<Integer>> categories =
        looks.keySet().stream()
            .filter(place -> looks.get(place).length > 0)
            .sorted()
            .collect(Collectors.groupingBy(place -> images.get(place).category()));
    categories.forEach(
        (category, places) -> {
          List<Integer> unlike = places.size() < FEWEST ? List.<Integer>of() : unlike(places);
          if (!unlike.isEmpty()) {
            findings.add(Kind.UNLIKE, unlike.get(0), "", line(category, unlike, places.size()));
          }
        });
  }

  private String line(String category, List<Integer> unlike, int of) {
    String names =
        unlike.stream()
            .limit(NAMED)
            .map(place -> Problem.shown(images.get(place).path()))
            .collect(Collectors.joining(", "));
    return "category '%s': %d of %d training images look unlike the others: %s%s; give another"
            .formatted(category, unlike.size(), of, names, unlike.size() > NAMED ? ", ..." : "")
        + " product a category of its own, and remove what is not good";
  }

  /** The places of the images outside the largest group. */
  private List<Integer> unlike(List<Integer> places) {
    int count = places.size();
    double[] distance = new double[count];
    int[] parent = new int[count];
    int[] order = new int[count]; // as they are joined, so that parents come first
    boolean[] joined = new boolean[count];
    Arrays.fill(distance, 1, count, Double.MAX_VALUE);
    for (int i = 0; i < count; i++) {
      int next = nearest(distance, joined);
      joined[next] = true;
      order[i] = next;
      for (int other = 0; other < count; other++) {
        double d = joined[other] ? Double.MAX_VALUE : distance(places, next, other);
        if (d < distance[other]) {
          distance[other] = d;
          parent[other] = next;
        }
      }
    }
    double[] sorted = Arrays.stream(order).skip(1).mapToDouble(i -> distance[i]).sorted().toArray();
    double most = Math.max(GRAY_VALUES, TIMES * sorted[sorted.length / 2]);
    int[] group = new int[count];
    int[] sizes = new int[count];
    int largest = order[0];
    for (int i : order) {
      group[i] = i == order[0] || distance[i] > most ? i : group[parent[i]];
      sizes[group[i]]++;
      largest = sizes[group[i]] > sizes[largest] ? group[i] : largest;
    }
    List<Integer> unlike = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (group[i] != largest) {
        unlike.add(places.get(i));
      }
    }
    return unlike;
  }

  private static int nearest(double[] distance, boolean[] joined) {
    int nearest = -1;
    for (int i = 0; i < distance.length; i++) {
      if (!joined[i] && (nearest < 0 || distance[i] < distance[nearest])) {
        nearest = i;
      }
    }
    return nearest;
  }

  /** The root of the mean squared difference, in gray values. */
  private double distance(List<Integer> places, int one, int other) {
    byte[] a = looks.get(places.get(one));
    byte[] b = looks.get(places.get(other));
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      int difference = (a[i] & 0xFF) - (b[i] & 0xFF);
      sum += difference * difference;
    }
    return Math.sqrt((double) sum / a.length);
  }
}
