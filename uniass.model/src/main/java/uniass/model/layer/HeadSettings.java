/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import java.util.List;

/** The settings of {@code model} that belong to the paper's head and its loss. */
public final class HeadSettings {

  /** What networks without that head do not read. */
  public static final List<String> NAMES =
      List.of(
          "features",
          "hidden",
          "pixel-decoder",
          "attention",
          "gated-cnn",
          "query",
          "loss",
          "jitter",
          "fusion");

  private HeadSettings() {}
}
