package uniass.api.experiment;

import org.osgi.annotation.versioning.ConsumerType;

/** A service that is told what runs do. Its failures do not disturb the run. */
@FunctionalInterface
@ConsumerType
public interface RunListener {

  /** Called in the run's thread; must return quickly. */
  void onEvent(RunEvent event);
}
