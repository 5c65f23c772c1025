/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The order of levels. A backbone lists them fine to coarse, as it computes them; behind it every
 * list runs coarse to fine, as the queries look at them: level 0 has stride 16.
 */
public final class Levels {

  private static final int COARSEST_STRIDE = 16;

  private Levels() {}

  /** The stride of a level of the paper's network: 16, 8, 4, 2 for 0 to 3. */
  public static int stride(int level) {
    return COARSEST_STRIDE >> level;
  }

  /** Lists a backbone's levels coarse to fine. */
  public static <T> List<T> coarseToFine(List<T> fineToCoarse) {
    List<T> levels = new ArrayList<>(fineToCoarse);
    Collections.reverse(levels);
    return levels;
  }
}
