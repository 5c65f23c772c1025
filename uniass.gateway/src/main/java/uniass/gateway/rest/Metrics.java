/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeMap;
import uniass.api.inspection.Prediction.Verdict;
import uniass.gateway.RefusedException.Reason;
import uniass.gateway.SourceStatus;
import uniass.gateway.drift.Condition;
import uniass.gateway.results.ResultStore;
import uniass.gateway.results.SinkStatus;
import uniass.gateway.source.Sources;
import uniass.gateway.station.Histogram;
import uniass.gateway.station.Station;
import uniass.gateway.station.StationRegistry;

/** Metrics as OpenMetrics text, version 1.0.0. */
final class Metrics {

  static final String TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private static final Path STATUS = Path.of("/proc/self/status");

  private final StationRegistry stations;
  private final ResultStore results;
  private final Sources sources;

  Metrics(StationRegistry stations, ResultStore results, Sources sources) {
    this.stations = stations;
    this.results = results;
    this.sources = sources;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    images(text);
    refusals(text);
    head(text, "uniass_queue_images", "gauge", "Images that wait");
    for (Station station : stations.stations()) {
      sample(text, "uniass_queue_images", labels(station), station.status().queued());
    }
    head(text, "uniass_stage_seconds", "histogram", "Time that images spend in a stage");
    for (Station station : stations.stations()) {
      new TreeMap<>(station.counters().seconds())
          .forEach(
              (stage, histogram) ->
                  histogram(
                      text,
                      "uniass_stage_seconds",
                      labels(station) + ",stage=\"" + stage + "\"",
                      histogram));
    }
    head(text, "uniass_batch_images", "histogram", "Images per forward pass");
    for (Station station : stations.stations()) {
      histogram(text, "uniass_batch_images", labels(station), station.counters().batches());
    }
    models(text);
    conditions(text);
    sinks(text);
    sources(text);
    memory(text);
    return text.append("# EOF\n").toString();
  }

  private void images(StringBuilder text) {
    head(text, "uniass_images", "counter", "Images that were inspected");
    for (Station station : stations.stations()) {
      for (Verdict verdict : Verdict.values()) {
        sample(
            text,
            "uniass_images_total",
            labels(station) + ",verdict=\"" + lower(verdict) + "\"",
            station.counters().verdicts(verdict));
      }
    }
  }

  private void refusals(StringBuilder text) {
    head(text, "uniass_refused_images", "counter", "Images without a result");
    for (Station station : stations.stations()) {
      for (Reason reason : Reason.values()) {
        if (reason != Reason.UNKNOWN_STATION) {
          sample(
              text,
              "uniass_refused_images_total",
              labels(station) + ",reason=\"" + lower(reason) + "\"",
              station.counters().refusals(reason));
        }
      }
    }
  }

  private void models(StringBuilder text) {
    head(text, "uniass_model", "info", "The model in use");
    for (Station station : stations.stations()) {
      station
          .status()
          .model()
          .ifPresent(
              model ->
                  sample(
                      text,
                      "uniass_model_info",
                      "%s,name=\"%s\",version=\"%s\""
                          .formatted(labels(station), escaped(model.name()), model.version()),
                      1));
    }
  }

  private void conditions(StringBuilder text) {
    head(text, "uniass_condition", "gauge", "1 for how the images of a station are");
    for (Station station : stations.stations()) {
      Condition.State now = station.condition().state();
      for (Condition.State state : Condition.State.values()) {
        sample(
            text,
            "uniass_condition",
            labels(station) + ",condition=\"" + state.text() + "\"",
            state == now ? 1 : 0);
      }
    }
    head(
        text, "uniass_drift_distance", "gauge", "Distance of the last scores to the calibration's");
    for (Station station : stations.stations()) {
      station
          .condition()
          .distance()
          .ifPresent(
              distance ->
                  text.append("uniass_drift_distance{%s} ".formatted(labels(station)))
                      .append(distance)
                      .append('\n'));
    }
  }

  private void sinks(StringBuilder text) {
    head(text, "uniass_sink_delivered", "counter", "Results that a sink has taken");
    for (SinkStatus sink : results.sinks()) {
      sample(text, "uniass_sink_delivered_total", labels(sink), sink.delivered());
    }
    head(text, "uniass_sink_dropped", "counter", "Results that a sink never got");
    for (SinkStatus sink : results.sinks()) {
      sample(text, "uniass_sink_dropped_total", labels(sink), sink.dropped());
    }
    head(text, "uniass_sink_waiting", "gauge", "Results that wait for a sink");
    for (SinkStatus sink : results.sinks()) {
      sample(text, "uniass_sink_waiting", labels(sink), sink.waiting());
    }
  }

  private void sources(StringBuilder text) {
    head(text, "uniass_source_images", "counter", "Images of a source by what became of them");
    for (SourceStatus source : sources.list()) {
      sample(
          text,
          "uniass_source_images_total",
          labels(source) + ",outcome=\"inspected\"",
          source.inspected());
      sample(
          text,
          "uniass_source_images_total",
          labels(source) + ",outcome=\"failed\"",
          source.failed());
    }
    head(text, "uniass_source_working", "gauge", "1 if a source works, 0 if it does not");
    for (SourceStatus source : sources.list()) {
      sample(text, "uniass_source_working", labels(source), source.failure().isEmpty() ? 1 : 0);
    }
  }

  private static void memory(StringBuilder text) {
    Runtime java = Runtime.getRuntime();
    head(text, "uniass_heap_bytes", "gauge", "Memory in use in Java's heap");
    sample(text, "uniass_heap_bytes", "", java.totalMemory() - java.freeMemory());
    OptionalLong resident = residentBytes();
    if (resident.isPresent()) {
      head(text, "uniass_resident_bytes", "gauge", "Memory of the process, Java's heap included");
      sample(text, "uniass_resident_bytes", "", resident.getAsLong());
    }
  }

  /** Known on Linux. */
  private static OptionalLong residentBytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
  }

  private static void histogram(
      StringBuilder text, String name, String labels, Histogram histogram) {
    double[] bounds = histogram.bounds();
    long[] counts = histogram.counts();
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i];
      String bound = i < bounds.length ? String.valueOf(bounds[i]) : "+Inf";
      sample(text, name + "_bucket", labels + ",le=\"" + bound + "\"", sum);
    }
    sample(text, name + "_count", labels, sum);
    text.append(name).append("_sum{").append(labels).append("} ");
    text.append(histogram.sum()).append('\n');
  }

  private static void sample(StringBuilder text, String name, String labels, long value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ').append(value).append('\n');
  }

  private static String labels(Station station) {
    return "station=\"" + escaped(station.name()) + "\"";
  }

  private static String labels(SinkStatus sink) {
    return "sink=\"" + escaped(sink.name()) + "\"";
  }

  private static String labels(SourceStatus source) {
    return "source=\"" + escaped(source.name()) + "\"";
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
