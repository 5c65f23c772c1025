/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.util.List;

/**
 * A PyTorch storage that a pickle refers to: a row of elements that tensors are windows of.
 *
 * @param type of its elements
 * @param key under which the file keeps it
 * @param elements how many
 */
record StorageRef(ElementType type, String key, long elements) {

  /** Bytes that it takes. */
  long bytes() {
    return elements * type.size();
  }

  /**
   * Reads a persistent id: {@code ('storage', type, key, location, elements)}; before PyTorch 1.6 a
   * sixth value described views of other storages, which nobody has written since 0.4.
   */
  static StorageRef of(Object id) throws BadFileException {
    if (id instanceof List<?> parts
        && parts.size() >= 5
        && "storage".equals(parts.get(0))
        && parts.get(1) instanceof PickleGlobal.Storage type
        && parts.get(2) instanceof String key
        && parts.get(4) instanceof Long elements) {
      if (elements < 0 || elements > Integer.MAX_VALUE / type.elements().size()) {
        throw new BadFileException(
            "has storage "
                + Quoted.text(key)
                + " of "
                + elements
                + " elements, which is negative or over 2 GiB");
      }
      if (parts.size() > 5 && parts.get(5) != null) {
        throw new BadFileException(
            "has storage "
                + Quoted.text(key)
                + " as a view of another one, as PyTorch before 0.4 did; save it with a later version");
      }
      return new StorageRef(type.elements(), key, elements);
    }
    if (id instanceof List<?> parts && !parts.isEmpty() && "module".equals(parts.get(0))) {
      throw new BadFileException(
          "holds a whole module with its program; save the model's state_dict instead");
    }
    throw new BadFileException("refers to data in a way that PyTorch does not");
  }
}
