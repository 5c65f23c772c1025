/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.mqtt;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.gateway.InspectionResult;
import uniass.gateway.RefusedException;

/**
 * An image that came by MQTT.
 *
 * @param client the connection that it came through
 * @param topic where it was published
 * @param message the message; its payload is an image file
 */
record Arrived(MqttAsyncClient client, String topic, MqttMessage message) {

  private static final Logger LOG = LoggerFactory.getLogger(Arrived.class);

  /** Answers with the result. */
  void answer(String station, InspectionResult result) {
    answer(station, result.json());
  }

  /** Answers that there is no result, and why. */
  void answer(String station, RefusedException refusal) {
    JsonObject json = new JsonObject();
    json.addProperty("station", station);
    json.addProperty("refused", refusal.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.addProperty("detail", refusal.getMessage());
    answer(station, json.toString());
  }

  /** To whom asked for an answer; then the broker may forget the image. */
  private void answer(String station, String json) {
    MqttProperties asked = message.getProperties();
    Optional<String> to = Optional.ofNullable(asked).map(MqttProperties::getResponseTopic);
    try {
      if (to.isPresent()) {
        MqttProperties properties = new MqttProperties();
        properties.setContentType("application/json");
        properties.setCorrelationData(asked.getCorrelationData());
        client.publish(
            to.get(), new MqttMessage(json.getBytes(StandardCharsets.UTF_8), 1, false, properties));
      }
      client.messageArrivedComplete(message.getId(), message.getQos());
    } catch (MqttException | IllegalArgumentException e) { // the connection, or the topic asked for
      LOG.debug("station '{}': an answer was not sent", station, e);
    }
  }
}
