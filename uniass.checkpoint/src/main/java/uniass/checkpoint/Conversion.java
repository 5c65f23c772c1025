/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.checkpoint.ConversionReport;
import uniass.api.checkpoint.LoadReport;
import uniass.api.checkpoint.TensorData;
import uniass.tensor.ParameterStore;

/** What a conversion writes and reports. */
record Conversion(
    Map<String, TensorData> tensors, Map<String, String> metadata, ConversionReport report) {

  private static final String BACKBONE = "backbone.";

  static Conversion of(
      Checkpoint given, ParameterStore network, Map<String, String> metadata, boolean keepAll)
      throws BadFileException {
    Checkpoint file = EntryNames.fitting(given, network, "");
    if (file == given) {
      file = EntryNames.fitting(given, network, BACKBONE);
    }
    boolean backboneOnly = isBackbone(file, network);
    String prefix = backboneOnly ? BACKBONE : "";
    LoadReport names = SavedParameters.compare(file.tensors(), network, prefix);
    if (names.matched().isEmpty()) {
      throw new BadFileException(
          "has no key of the network; its first key is "
              + Quoted.text(file.tensors().keySet().stream().findFirst().orElse("")));
    }
    if (backboneOnly) {
      names = withoutOthers(names);
    }
    Map<String, TensorData> written = new LinkedHashMap<>();
    for (Map.Entry<String, TensorData> entry : file.tensors().entrySet()) {
      if (keepAll || network.get(prefix + entry.getKey()) != null) {
        written.put(entry.getKey(), entry.getValue());
      }
    }
    Map<String, String> texts = new TreeMap<>(file.metadata());
    texts.putAll(metadata);
    return new Conversion(
        written, texts, new ConversionReport(names, backboneOnly, written.size(), file.notes()));
  }

  private static boolean isBackbone(Checkpoint file, ParameterStore network) {
    return file.tensors().keySet().stream().noneMatch(name -> network.get(name) != null)
        && file.tensors().keySet().stream().anyMatch(name -> network.get(BACKBONE + name) != null);
  }

  private static LoadReport withoutOthers(LoadReport names) {
    List<String> missing =
        names.missing().stream().filter(name -> name.startsWith(BACKBONE)).toList();
    return new LoadReport(
        names.matched(), missing, names.unexpected(), names.ignored(), names.notes());
  }
}
