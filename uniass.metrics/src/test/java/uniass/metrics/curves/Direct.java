/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.curves;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import uniass.api.metric.ScoredImage;

/** The figures by their definitions: one threshold after another, pixel by pixel. */
public final class Direct {

  private final List<ScoredImage> images;
  private final List<Double> thresholds;

  /** Takes images with masks. */
  public Direct(List<ScoredImage> images) {
    this.images = images;
    TreeSet<Double> distinct = new TreeSet<>();
    for (ScoredImage p : images) {
      for (float v : values(p)) {
        distinct.add(v + 0.0);
      }
    }
    this.thresholds = new ArrayList<>(distinct.descendingSet());
  }

  private static float[] values(ScoredImage image) {
    return image.map().values();
  }

  private static byte[] mask(ScoredImage image) {
    return image.mask().orElseThrow().values();
  }

  /** True and false positives, false negatives. */
  private long[] confusion(double threshold) {
    long[] c = new long[3];
    for (ScoredImage p : images) {
      for (int i = 0; i < values(p).length; i++) {
        if (values(p)[i] >= threshold) {
          c[mask(p)[i] != 0 ? 0 : 1]++;
        } else if (mask(p)[i] != 0) {
          c[2]++;
        }
      }
    }
    return c;
  }

  /** Share of pairs in the right order. */
  public double auroc() {
    double right = 0;
    long pairs = 0;
    for (ScoredImage a : images) {
      for (ScoredImage b : images) {
        for (int i = 0; i < values(a).length; i++) {
          for (int j = 0; j < values(b).length; j++) {
            if (mask(a)[i] != 0 && mask(b)[j] == 0) {
              pairs++;
              right += values(a)[i] > values(b)[j] ? 1 : values(a)[i] == values(b)[j] ? 0.5 : 0;
            }
          }
        }
      }
    }
    return right / pairs;
  }

  /** Sum of precision times gain in recall. */
  public double ap() {
    double sum = 0;
    double before = 0;
    for (double t : thresholds) {
      long[] c = confusion(t);
      double recall = (double) c[0] / (c[0] + c[2]);
      sum += (recall - before) * c[0] / (c[0] + c[1]);
      before = recall;
    }
    return sum;
  }

  /** Best F1. */
  public double f1() {
    return thresholds.stream()
        .mapToDouble(
            t -> {
              long[] c = confusion(t);
              return 2.0 * c[0] / (2 * c[0] + c[1] + c[2]);
            })
        .max()
        .orElseThrow();
  }

  /** Best intersection over union. */
  public double iou() {
    return thresholds.stream()
        .mapToDouble(
            t -> {
              long[] c = confusion(t);
              return (double) c[0] / (c[0] + c[1] + c[2]);
            })
        .max()
        .orElseThrow();
  }

  /** Dice per image at the first maximum of precision + recall. */
  public double dice() {
    double best = -1;
    double at = 0;
    for (double t : thresholds) {
      long[] c = confusion(t);
      double sum = (double) c[0] / (c[0] + c[1]) + (double) c[0] / (c[0] + c[2]);
      if (sum >= best) {
        best = sum;
        at = t;
      }
    }
    double sum = 0;
    for (ScoredImage p : images) {
      int both = 0;
      int all = 0;
      for (int i = 0; i < values(p).length; i++) {
        boolean marked = values(p)[i] >= at;
        both += marked && mask(p)[i] != 0 ? 1 : 0;
        all += (marked ? 1 : 0) + mask(p)[i];
      }
      sum += all == 0 ? 1 : 2.0 * both / all;
    }
    return sum / images.size();
  }

  /** Area under the overlap curve. */
  public double aupro(double limit) {
    List<List<Float>> components = new ArrayList<>();
    images.forEach(p -> flood(p, components));
    double area = 0;
    double lastRate = 0;
    double lastOverlap = 0;
    for (double t : thresholds) {
      long normal = 0;
      long alarms = 0;
      for (ScoredImage p : images) {
        for (int i = 0; i < values(p).length; i++) {
          if (mask(p)[i] == 0) {
            normal++;
            alarms += values(p)[i] >= t ? 1 : 0;
          }
        }
      }
      double rate = (double) alarms / normal;
      double overlap =
          components.stream()
              .mapToDouble(c -> (double) c.stream().filter(v -> v >= t).count() / c.size())
              .average()
              .orElse(Double.NaN);
      if (rate >= limit) {
        if (rate > lastRate) {
          double share = (limit - lastRate) / (rate - lastRate);
          double end = lastOverlap + share * (overlap - lastOverlap);
          area += (limit - lastRate) * (lastOverlap + end) / 2;
        }
        return area / limit;
      }
      area += (rate - lastRate) * (lastOverlap + overlap) / 2;
      lastRate = rate;
      lastOverlap = overlap;
    }
    return area / limit;
  }

  private static void flood(ScoredImage p, List<List<Float>> components) {
    boolean[] seen = new boolean[values(p).length];
    for (int start = 0; start < seen.length; start++) {
      if (seen[start] || mask(p)[start] == 0) {
        continue;
      }
      List<Float> component = new ArrayList<>();
      Deque<Integer> open = new ArrayDeque<>(List.of(start));
      seen[start] = true;
      while (!open.isEmpty()) {
        int at = open.pop();
        component.add(values(p)[at]);
        for (int y = at / p.map().width() - 1; y <= at / p.map().width() + 1; y++) {
          for (int x = at % p.map().width() - 1; x <= at % p.map().width() + 1; x++) {
            int next = y * p.map().width() + x;
            if (y >= 0
                && x >= 0
                && y < p.map().height()
                && x < p.map().width()
                && mask(p)[next] != 0
                && !seen[next]) {
              seen[next] = true;
              open.push(next);
            }
          }
        }
      }
      components.add(component);
    }
  }

  /** AUPIMO, linear in the logarithm between the points of all distinct scores. */
  public double aupimo(double low, double high) {
    double sum = 0;
    int n = 0;
    for (ScoredImage p : images) {
      if (p.anomalous()) {
        sum += aupimo(p, low, high);
        n++;
      }
    }
    return sum / n;
  }

  private double aupimo(ScoredImage image, double low, double high) {
    double area = 0;
    double lastX = Math.log(low);
    double lastY = 0;
    for (double t : thresholds) {
      long normal = 0;
      long alarms = 0;
      for (ScoredImage p : images) {
        for (float v : values(p)) {
          normal += p.anomalous() ? 0 : 1;
          alarms += !p.anomalous() && v >= t ? 1 : 0;
        }
      }
      long found = 0;
      long all = 0;
      for (int i = 0; i < values(image).length; i++) {
        all += mask(image)[i];
        found += mask(image)[i] != 0 && values(image)[i] >= t ? 1 : 0;
      }
      double y = (double) found / all;
      double x = alarms == 0 ? Math.log(low) : Math.log((double) alarms / normal);
      double from = Math.max(lastX, Math.log(low));
      double to = Math.min(x, Math.log(high));
      if (to > from) {
        double atFrom = lastY + (y - lastY) * (from - lastX) / (x - lastX);
        double atTo = lastY + (y - lastY) * (to - lastX) / (x - lastX);
        area += (to - from) * (atFrom + atTo) / 2;
      }
      lastX = x;
      lastY = y;
    }
    return area / Math.log(high / low);
  }
}
