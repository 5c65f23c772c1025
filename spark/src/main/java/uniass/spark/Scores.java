/* SPDX-License-Identifier: Apache-2.0 */
package uniass.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import uniass.spark.Sources.Source;

/** The rows of one task, computed batch by batch as they are asked for. */
final class Scores implements Iterator<Row> {

  /** The open model of this process, by what opened it: tasks come and go, the model stays. */
  private static final Map<
          Map<String, String>, BiFunction<List<String>, List<byte[]>, List<Object[]>>>
      OPEN = new HashMap<>();

  private final BiFunction<List<String>, List<byte[]>, List<Object[]>> model;
  private final Iterator<Source> images;
  private final int batch;
  private final Queue<Object[]> ready = new ArrayDeque<>();

  Scores(
      Distribution distribution,
      Map<String, String> options,
      int batch,
      Iterator<List<String>> files) {
    this.model = open(distribution, options);
    this.batch = batch;
    this.images = Sources.images(files);
  }

  private static BiFunction<List<String>, List<byte[]>, List<Object[]>> open(
      Distribution distribution, Map<String, String> options) {
    synchronized (OPEN) {
      Function<Map<String, String>, BiFunction<List<String>, List<byte[]>, List<Object[]>>>
          inspection = Host.function("score", distribution);
      return OPEN.computeIfAbsent(Map.copyOf(options), inspection);
    }
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && images.hasNext()) {
      List<String> names = new ArrayList<>();
      List<byte[]> files = new ArrayList<>();
      while (names.size() < batch && images.hasNext()) {
        Source image = images.next();
        if (image.error().isEmpty()) {
          names.add(image.name());
          files.add(image.bytes());
        } else {
          ready.add(new Object[] {image.name(), null, null, null, null, null, image.error()});
        }
      }
      ready.addAll(model.apply(names, files));
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return RowFactory.create(ready.remove());
  }
}
