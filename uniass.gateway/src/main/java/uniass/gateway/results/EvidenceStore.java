/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import java.util.Optional;
import uniass.gateway.InspectionResult;

/** Keeps what results were found in, up to a number of bytes; the oldest goes first. */
interface EvidenceStore {

  /** Keeps it; failing to do so never fails the inspection. */
  void keep(InspectionResult result, Seen seen);

  /** What is kept of a result. */
  Optional<Kept> find(String id);

  /** Forgets a result. */
  void forget(String id);

  /** A result with what it was found in. */
  record Kept(InspectionResult result, Seen seen) {}
}
