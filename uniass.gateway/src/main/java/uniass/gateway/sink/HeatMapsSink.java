/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.sink;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import uniass.api.UniassException;
import uniass.api.inspection.Prediction.Verdict;
import uniass.gateway.Evidence;
import uniass.gateway.InspectionResult;
import uniass.gateway.VerdictSink;
import uniass.io.Outputs;

/** Writes {@code ID-STATION.png}: the image with the heat map over it. */
@Component(
    service = VerdictSink.class,
    configurationPid = "uniass.sink.heat-maps",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = HeatMapsConfig.class, factory = true)
public final class HeatMapsSink implements VerdictSink {

  private final Path folder;
  private final boolean onlyAnomalous;
  private final int mostFiles;
  private Deque<Path> files;

  /** Creates the component. */
  @Activate
  public HeatMapsSink(HeatMapsConfig config) {
    folder = Path.of(config.folder());
    onlyAnomalous = config.anomalous();
    mostFiles = config.files();
  }

  @Override
  public void deliver(InspectionResult result, Optional<Evidence> evidence) throws IOException {
    if (evidence.isEmpty() || onlyAnomalous && result.verdict() != Verdict.ANOMALOUS) {
      return;
    }
    try {
      Outputs.makeResultFolder(folder);
      if (files == null) {
        files = written();
      }
      Path file = folder.resolve(result.id() + "-" + result.station() + ".png");
      Outputs.write(file, evidence.get().overlay());
      files.remove(file); // if it was written before and is tried again
      files.add(file);
      while (files.size() > mostFiles) {
        Files.deleteIfExists(files.remove());
      }
    } catch (UniassException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** What earlier runs wrote: ids begin the names, so that the oldest come first. */
  private Deque<Path> written() throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "[0-9a-f]*-*.png")) {
      all.forEach(found::add);
    }
    Collections.sort(found);
    return new ArrayDeque<>(found);
  }
}
