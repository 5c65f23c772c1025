/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The stations that are configured. Every source of images calls this service, the gateway's own
 * HTTP interface as well.
 *
 * <pre>{@code
 * stations
 *     .submit("line3", "image 4711", Files.readAllBytes(file))
 *     .thenAccept(result -> plc.eject(result.verdict() == Verdict.ANOMALOUS));
 * }</pre>
 */
@ProviderType
public interface Stations {

  /** All stations, by name. */
  List<StationStatus> list();

  /**
   * Hands an image to a station and returns at once.
   *
   * @param name what errors and logs call the image; never used as a path
   * @param file an image file's bytes, which nobody changes from now on
   * @return the result; or fails with a {@link RefusedException}, such as {@code NOT_AN_IMAGE} or
   *     {@code LATE}
   * @throws RefusedException if the station does not exist, is not ready or is full
   */
  CompletableFuture<InspectionResult> submit(String station, String name, byte[] file);
}
