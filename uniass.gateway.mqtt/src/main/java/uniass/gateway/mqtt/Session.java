/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.mqtt;

import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** What is done with a connection. */
interface Session {

  /** Says what the broker is to know before; called for each connection. */
  void prepare(MqttConnectionOptions options);

  /** Begins work on a new connection. */
  void begin(MqttAsyncClient client) throws MqttException;

  /** Takes a message. */
  void arrived(MqttAsyncClient client, String topic, MqttMessage message);

  /** Whether somebody else warns of a connection that was lost, as soon as it matters. */
  boolean isHeard();

  /** Says good-bye before the connection is closed on purpose. */
  void end(MqttAsyncClient client) throws MqttException;
}
