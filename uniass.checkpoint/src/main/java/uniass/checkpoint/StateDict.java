/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The named tensors of a PyTorch file, and what was beside them.
 *
 * @param tensors by name
 * @param notes what was ignored
 */
record StateDict(Map<String, StridedTensor> tensors, List<String> notes) {

  /** Where training programs put the network's state beside the optimizer's. */
  private static final List<String> PLACES =
      List.of("state_dict", "model_state_dict", "model", "net", "network");

  /** Finds the network's tensors in the content of a pickle. */
  static StateDict of(Object content) throws BadFileException {
    if (!(content instanceof Map<?, ?> top)) {
      throw new BadFileException(
          "does not contain a dictionary of tensors; save the model's state_dict");
    }
    for (String place : PLACES) {
      if (top.get(place) instanceof Map<?, ?> inner && hasTensors(inner)) {
        List<String> others =
            top.keySet().stream().filter(key -> !place.equals(key)).map(String::valueOf).toList();
        return collect(inner, "tensors taken from '" + place + "'", others);
      }
    }
    if (!hasTensors(top)) {
      throw new BadFileException(
          "does not contain a state_dict; its keys are "
              + Quoted.text(
                  String.join(", ", top.keySet().stream().map(String::valueOf).toList())));
    }
    return collect(top, "", List.of());
  }

  private static boolean hasTensors(Map<?, ?> map) {
    return map.values().stream().anyMatch(StridedTensor.class::isInstance);
  }

  private static StateDict collect(Map<?, ?> map, String note, List<String> others)
      throws BadFileException {
    Map<String, StridedTensor> tensors = new LinkedHashMap<>();
    List<String> ignored = new ArrayList<>(others);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String name = String.valueOf(entry.getKey());
      if (!(entry.getValue() instanceof StridedTensor tensor)) {
        ignored.add(name);
      } else if (tensors.put(name, tensor) != null) {
        throw new BadFileException("has two tensors named " + Quoted.text(name));
      }
    }
    List<String> notes = new ArrayList<>();
    if (!note.isEmpty()) {
      notes.add(note);
    }
    if (!ignored.isEmpty()) {
      notes.add("ignored: " + Quoted.text(String.join(", ", ignored)));
    }
    return new StateDict(tensors, notes);
  }
}
