/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io.events;

import java.util.Map;

/** Events of TensorBoard's plug-in {@code hparams}: a training begins with settings, and ends. */
final class Hparams {

  private static final String PLUGIN = "hparams";
  private static final int SUCCESS = 1;
  private static final int FLOAT = 1;

  // Fields of Summary.Value, SummaryMetadata, SummaryMetadata.PluginData and TensorProto.
  private static final int VALUE_TENSOR = 8;
  private static final int VALUE_METADATA = 9;
  private static final int METADATA_PLUGIN = 1;
  private static final int PLUGIN_NAME = 1;
  private static final int PLUGIN_CONTENT = 2;
  private static final int TENSOR_TYPE = 1;
  private static final int TENSOR_SHAPE = 2;
  private static final int SHAPE_SIDE = 2;

  // Fields of HParamsPluginData, SessionStartInfo, SessionEndInfo, a map's entry and Value.
  private static final int DATA_START = 3;
  private static final int DATA_END = 4;
  private static final int START_SETTINGS = 1;
  private static final int START_GROUP = 4;
  private static final int END_STATUS = 1;
  private static final int ENTRY_KEY = 1;
  private static final int ENTRY_VALUE = 2;
  private static final int NUMBER = 2;
  private static final int TEXT = 3;

  private Hparams() {}

  static ProtobufMessage start(String group, Map<String, String> settings) {
    ProtobufMessage start = new ProtobufMessage();
    settings.forEach(
        (key, value) ->
            start.message(
                START_SETTINGS,
                new ProtobufMessage().text(ENTRY_KEY, key).message(ENTRY_VALUE, value(value))));
    start.text(START_GROUP, group);
    return event("_hparams_/session_start_info", new ProtobufMessage().message(DATA_START, start));
  }

  static ProtobufMessage end() {
    ProtobufMessage end = new ProtobufMessage().number(END_STATUS, SUCCESS);
    return event("_hparams_/session_end_info", new ProtobufMessage().message(DATA_END, end));
  }

  private static ProtobufMessage value(String text) {
    try {
      return new ProtobufMessage().real(NUMBER, Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return new ProtobufMessage().text(TEXT, text);
    }
  }

  private static ProtobufMessage event(String tag, ProtobufMessage content) {
    ProtobufMessage plugin =
        new ProtobufMessage().text(PLUGIN_NAME, PLUGIN).message(PLUGIN_CONTENT, content);
    ProtobufMessage nothing = // a tensor of no elements
        new ProtobufMessage()
            .number(TENSOR_TYPE, FLOAT)
            .message(
                TENSOR_SHAPE, new ProtobufMessage().message(SHAPE_SIDE, new ProtobufMessage()));
    ProtobufMessage value =
        new ProtobufMessage()
            .text(EventFile.VALUE_TAG, tag)
            .message(VALUE_TENSOR, nothing)
            .message(VALUE_METADATA, new ProtobufMessage().message(METADATA_PLUGIN, plugin));
    return EventFile.event(0)
        .message(
            EventFile.EVENT_SUMMARY, new ProtobufMessage().message(EventFile.SUMMARY_VALUE, value));
  }
}
