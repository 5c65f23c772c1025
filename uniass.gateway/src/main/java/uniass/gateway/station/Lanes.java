/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import uniass.api.UniassException;
import uniass.api.inspection.Inspection;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.gateway.ModelVersion;
import uniass.gateway.config.GatewayConfig;
import uniass.io.Outputs;

/** The open models. Stations with the same file and device share one. */
final class Lanes {

  private static final int VERSION_DIGITS = 12;

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

  /** Opens a model, or finds it open; whoever takes a lane gives it back. */
  synchronized Lane take(Path model, String device) {
    String checksum = checksum(model);
    Key key = new Key(checksum, device);
    Shared shared = open.get(key);
    if (shared == null) {
      Inspector inspector =
          inspection.open(
              model,
              InspectionOptions.defaults()
                  .withDevice(device)
                  .withBatch(batch)
                  .withMaximumPixels(maximumPixels));
      ModelVersion version =
          new ModelVersion(
              inspector.model().experiment(), checksum.substring(0, VERSION_DIGITS), checksum);
      shared = new Shared(new Lane(inspector, version, batch, windowMillis));
      open.put(key, shared);
    }
    shared.users++;
    return shared.lane;
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

  private static String checksum(Path file) {
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be read: " + Outputs.reason(e), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
