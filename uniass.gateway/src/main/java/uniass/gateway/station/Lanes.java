/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import uniass.api.UniassException;
import uniass.api.inspection.Inspection;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.SelfTest;
import uniass.gateway.ModelVersion;
import uniass.gateway.config.GatewayConfig;
import uniass.gateway.store.ModelFile;

/** The open models. Stations with the same file and device share one. */
final class Lanes {

  /** GPUs round otherwise than the processor that most models were trained on. */
  private static final double MOST_ON_OTHER_DEVICES = 1e-2;

  private final Inspection inspection;
  private final long maximumPixels;
  private final int batch;
  private final int windowMillis;
  private final Map<Key, Shared> open = new HashMap<>();

  /** The same file, changed meanwhile, is another model. */
  private record Key(String checksum, String device) {}

  private static final class Shared {
    private final Lane lane;
    private int users;

    Shared(Lane lane) {
      this.lane = lane;
    }
  }

  Lanes(Inspection inspection, GatewayConfig config) {
    this.inspection = inspection;
    this.maximumPixels = config.megapixels() * 1_000_000L;
    this.batch = config.batch();
    this.windowMillis = config.window();
  }

  /**
   * Opens a model, or finds it open; whoever takes a lane gives it back.
   *
   * @throws UniassException if it is not a model, or does not compute what it should
   */
  synchronized Lane take(ModelFile model, String device) {
    Key key = new Key(model.checksum(), device);
    Shared shared = open.get(key);
    if (shared == null) {
      model.verify();
      Inspector inspector =
          inspection.open(
              model.path(),
              InspectionOptions.defaults()
                  .withDevice(device)
                  .withBatch(batch)
                  .withMaximumPixels(maximumPixels));
      try {
        String notes = notes(inspector);
        ModelVersion version = model.named().apply(inspector.model().experiment());
        shared = new Shared(new Lane(inspector, version, notes, batch, windowMillis));
      } catch (RuntimeException e) {
        inspector.close();
        throw e;
      }
      open.put(key, shared);
    }
    shared.users++;
    return shared.lane;
  }

  /** Lets a model test itself, and says what to know of it. */
  private static String notes(Inspector inspector) {
    List<String> notes = new ArrayList<>();
    if (inspector.model().thresholds().isEmpty()) {
      notes.add("the model has no thresholds: scores, but no verdicts");
    }
    Optional<SelfTest> test = inspector.selfTest();
    if (test.isEmpty()) {
      notes.add("the model has no self-test stored: what it computes was not checked");
    } else if (!test.get().agrees()) {
      String differ =
          String.format(
              Locale.ROOT,
              "maps of its reference images differ by %.2g of their maximum from those at training",
              test.get().difference());
      boolean exact = inspector.model().device().equals("cpu");
      if (exact || test.get().difference() > MOST_ON_OTHER_DEVICES) {
        throw new UniassException(
            "the model fails its self-test: %s (at most %.0e): the file, the engine or the processor is not what it should be"
                .formatted(differ, exact ? SelfTest.TOLERANCE : MOST_ON_OTHER_DEVICES));
      }
      notes.add(differ);
    }
    return String.join("; ", notes);
  }

  /** Gives a lane back; after its last user it is closed. */
  synchronized void give(Lane lane) {
    Map.Entry<Key, Shared> entry =
        open.entrySet().stream()
            .filter(e -> e.getValue().lane == lane)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("not open"));
    if (--entry.getValue().users == 0) {
      open.remove(entry.getKey());
      lane.close();
    }
  }
}
