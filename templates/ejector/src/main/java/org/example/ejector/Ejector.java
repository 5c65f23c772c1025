package org.example.ejector;

import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.inspection.Prediction.Verdict;
import uniass.gateway.Evidence;
import uniass.gateway.InspectionResult;
import uniass.gateway.VerdictSink;

/** Gets each result of every station, in order. Replace the log by the line's actuator. */
@Component(property = VerdictSink.NAME + "=ejector")
public final class Ejector implements VerdictSink {

  private static final Logger LOG = LoggerFactory.getLogger(Ejector.class);

  /** An IOException would mean: try again, before anything newer. */
  @Override
  public void deliver(InspectionResult result, Optional<Evidence> evidence) {
    if (result.verdict() == Verdict.ANOMALOUS) {
      LOG.warn("{}: eject, score {}", result.station(), result.score());
    }
  }
}
