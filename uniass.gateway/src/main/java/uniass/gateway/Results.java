/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The last results of all stations; how many is configured. */
@ProviderType
public interface Results {

  /**
   * Results that came after another one, the oldest first.
   *
   * @param id that of a result, kept or not; empty for the oldest that is kept
   * @param most how many at most
   */
  List<InspectionResult> after(String id, int most);

  /** The newest results, the oldest of them first. */
  List<InspectionResult> latest(int most);

  /** One result; empty if it is not kept any more. */
  Optional<InspectionResult> find(String id);

  /** What a result was found in; empty if that is not kept. */
  Optional<Evidence> evidence(String id);

  /** What a person said about a result. */
  Optional<Feedback> feedback(String id);

  /**
   * Keeps what a person says about a result; a later word replaces an earlier one.
   *
   * @return false if the result is not kept any more
   */
  boolean judge(String id, Feedback feedback);

  /** What a person says. */
  enum Feedback {
    /** The product is good, whatever the verdict was. */
    GOOD,
    /** The product has a defect that was missed. */
    MISSED
  }
}
