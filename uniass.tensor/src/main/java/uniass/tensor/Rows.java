/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;

/** A buffer whose number of rows may change: see {@link ParameterScope#rows}. */
public final class Rows {

  private final ParameterStore store;
  private final String name;

  Rows(ParameterStore store, String name) {
    this.store = store;
    this.name = name;
  }

  /** Returns the tensor (rows, ...), which is valid until {@link #replace}, or until loading. */
  public NDArray value() {
    return store.get(name).value();
  }

  /**
   * Replaces all rows. Nobody may compute with them meanwhile.
   *
   * @param values the new rows, one after the other; their number follows
   */
  public void replace(float[] values) {
    store.replaceRows(name, values);
  }
}
