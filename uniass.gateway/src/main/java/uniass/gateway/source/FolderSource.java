/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import uniass.api.UniassException;
import uniass.api.data.Images;
import uniass.gateway.ImageSource;
import uniass.gateway.InspectionResult;
import uniass.gateway.RefusedException;
import uniass.gateway.RefusedException.Reason;
import uniass.gateway.SourceReport;
import uniass.gateway.SourceStatus;
import uniass.gateway.Stations;
import uniass.io.Outputs;

/**
 * Takes images from a folder, in the order of their names, as soon as they have not changed for a
 * while. What was inspected goes to {@code done/}, what is not an image to {@code failed/}, with a
 * text that says why; what a full or stopped station refuses stays and is tried again. A file
 * leaves the folder only after its result, so that none is lost if the power goes; the few that
 * were under way are then inspected again.
 */
@Component(
    configurationPid = "uniass.source.folder",
    service = ImageSource.class, // made when the gateway has looked at its configuration
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FolderConfig.class, factory = true)
public final class FolderSource implements ImageSource {

  /** Enough for batches, little enough for memory. */
  private static final int AT_ONCE = 8;

  private final Stations stations;
  private final String station;
  private final Path folder;
  private final long quietNanos;
  private final int interval;
  private final Map<Path, Seen> seen = new HashMap<>();
  private final Thread thread;
  private final SourceReport report;
  private volatile boolean stopped;

  /** What a file was like, and since when. */
  private record Seen(long size, long modified, long since) {}

  /** Begins to watch. */
  @Activate
  public FolderSource(@Reference Stations stations, FolderConfig config) {
    this.stations = stations;
    this.report = new SourceReport(config.name(), config.station());
    this.station = config.station();
    this.folder = Path.of(config.folder());
    this.quietNanos = TimeUnit.MILLISECONDS.toNanos(config.quiet());
    this.interval = config.interval();
    this.thread = new Thread(this::watch, "uniass-folder-" + config.name());
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends after the images that are being inspected. */
  @Deactivate
  public void stop() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public SourceStatus status() {
    return report.status();
  }

  private void watch() {
    while (!stopped) {
      try {
        List<Path> whole = whole();
        for (int i = 0; i < whole.size() && !stopped; i += AT_ONCE) {
          inspect(whole.subList(i, Math.min(whole.size(), i + AT_ONCE)));
        }
        report.works();
        Thread.sleep(interval);
      } catch (RefusedException e) {
        report.stuck(e);
        pause();
      } catch (IOException | UniassException e) {
        report.stuck(
            "%s: %s"
                .formatted(
                    folder, e instanceof IOException io ? Outputs.reason(io) : e.getMessage()));
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(Math.max(interval, 1000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Path> whole() throws IOException {
    Outputs.makeFolder(folder);
    List<Path> whole = new ArrayList<>();
    Map<Path, Seen> now = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!Images.isImage(file.getFileName().toString()) || !Files.isRegularFile(file)) {
          continue;
        }
        Seen before = seen.get(file);
        long size = Files.size(file);
        long modified = Files.getLastModifiedTime(file).toMillis();
        boolean same = before != null && before.size() == size && before.modified() == modified;
        Seen state = same ? before : new Seen(size, modified, System.nanoTime());
        now.put(file, state);
        if (System.nanoTime() - state.since() >= quietNanos) {
          whole.add(file);
        }
      }
    }
    seen.clear();
    seen.putAll(now);
    Collections.sort(whole);
    return whole;
  }

  private void inspect(List<Path> files) throws IOException, InterruptedException {
    Map<Path, CompletableFuture<InspectionResult>> underWay = new java.util.LinkedHashMap<>();
    RefusedException refused = null;
    for (Path file : files) {
      try {
        byte[] bytes = Files.readAllBytes(file);
        underWay.put(file, stations.submit(station, file.getFileName().toString(), bytes));
      } catch (RefusedException e) {
        refused = e;
        break;
      }
    }
    for (Map.Entry<Path, CompletableFuture<InspectionResult>> entry : underWay.entrySet()) {
      finish(entry.getKey(), entry.getValue());
    }
    if (refused != null && refused.retryAfter().isZero()) { // not full, nor still opening a model
      throw refused;
    }
  }

  private void finish(Path file, CompletableFuture<InspectionResult> future)
      throws IOException, InterruptedException {
    try {
      move(file, "done", future.get().id());
      report.inspected();
    } catch (ExecutionException e) {
      RefusedException refusal = (RefusedException) e.getCause();
      if (refusal.reason() == Reason.NOT_AN_IMAGE || refusal.reason() == Reason.FAILED) {
        Path moved = move(file, "failed", Long.toString(System.currentTimeMillis()));
        Files.writeString(
            moved.resolveSibling(moved.getFileName() + ".txt"),
            refusal.getMessage() + "\n",
            StandardCharsets.UTF_8);
        report.failed(refusal.getMessage());
      }
      // late or dropped: it stays, and is tried again
    }
  }

  /** A file of that name which is there already keeps it, and the new one gets a longer one. */
  private Path move(Path file, String to, String label) throws IOException {
    Path target = folder.resolve(to);
    Outputs.makeFolder(target);
    Path place = target.resolve(file.getFileName());
    if (Files.exists(place)) {
      place = target.resolve(label + "-" + file.getFileName());
    }
    Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
    seen.remove(file);
    return place;
  }
}
