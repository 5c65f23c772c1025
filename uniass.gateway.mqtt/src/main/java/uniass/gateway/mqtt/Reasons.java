/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.mqtt;

import java.io.EOFException;
import java.net.UnknownHostException;
import java.util.Map;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Why a connection does not work, in one line without a library's words. */
final class Reasons {

  static final String LOST = "the connection was lost";

  private static final String LOGIN = "the broker refuses user name or password";
  private static final String SILENT = "the broker does not answer";
  private static final String BUSY = "the broker is busy or going down";

  private static final String OLD = "the broker does not speak MQTT 5";
  private static final String TOO_LARGE = "the message is larger than the broker takes";

  /** Of the library, of MQTT 3 (up to 5), and of MQTT 5 (from 128). */
  private static final Map<Integer, String> WORDS =
      Map.ofEntries(
          Map.entry((int) MqttClientException.REASON_CODE_CLIENT_TIMEOUT, SILENT),
          Map.entry((int) MqttClientException.REASON_CODE_WRITE_TIMEOUT, SILENT),
          Map.entry((int) MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED, LOST),
          Map.entry((int) MqttClientException.REASON_CODE_CLIENT_ALREADY_DISCONNECTED, LOST),
          Map.entry((int) MqttClientException.REASON_CODE_CLIENT_DISCONNECTING, LOST),
          Map.entry((int) MqttClientException.REASON_CODE_CLIENT_CLOSED, LOST),
          Map.entry((int) MqttClientException.REASON_CODE_CONNECTION_LOST, LOST),
          Map.entry((int) MqttClientException.REASON_CODE_SERVER_DISCONNECTED, LOST),
          Map.entry(MqttClientException.REASON_CODE_OUTGOING_PACKET_TOO_LARGE, TOO_LARGE),
          Map.entry(1, OLD),
          Map.entry(4, LOGIN),
          Map.entry(5, LOGIN),
          Map.entry(0x84, OLD),
          Map.entry(0x85, "the broker refuses the client id; give another 'client'"),
          Map.entry(0x86, LOGIN),
          Map.entry(0x87, LOGIN),
          Map.entry(0x88, BUSY),
          Map.entry(0x89, BUSY),
          Map.entry(0x8A, "the broker has banned this client"),
          Map.entry(0x8B, BUSY),
          Map.entry(0x95, TOO_LARGE),
          Map.entry(0x97, "the broker's quota is exceeded"));

  private Reasons() {}

  static String of(Exception e) {
    if (!(e instanceof MqttException mqtt)) { // one of ours, or with a cause that says less
      return String.valueOf(e.getMessage());
    }
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause == e) {
      String words = WORDS.get(mqtt.getReasonCode());
      return words == null ? "%s (%d)".formatted(mqtt.getMessage(), mqtt.getReasonCode()) : words;
    }
    if (cause instanceof EOFException) {
      return "the broker closed the connection";
    }
    return cause instanceof UnknownHostException
        ? "there is no host '%s'".formatted(cause.getMessage())
        : String.valueOf(cause.getMessage());
  }
}
