/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import uniass.gateway.Evidence;
import uniass.gateway.InspectionResult;
import uniass.gateway.VerdictSink;

/**
 * Publishes results as JSON to {@code TOPIC/verdict/STATION}, with QoS 1. The retained message of
 * {@code TOPIC/status} is {@code online} while there is a connection and {@code offline} otherwise:
 * it is also the last will, which the broker publishes if the gateway dies.
 */
@Component(
    service = VerdictSink.class,
    configurationPid = "uniass.sink.mqtt",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MqttSinkConfig.class, factory = true)
public final class MqttSink implements VerdictSink {

  private final String topic;
  private final Connection connection;

  /** Creates the component. */
  @Activate
  public MqttSink(MqttSinkConfig config) {
    topic = config.topic();
    Broker broker =
        new Broker(
            config.url(), config.client(), config.credentials(), config.trust(), config.identity());
    connection = new Connection(config.name(), broker, new Status(topic + "/status"));
    connection.open();
  }

  @Override
  public void deliver(InspectionResult result, Optional<Evidence> evidence) throws IOException {
    MqttProperties properties = new MqttProperties();
    properties.setContentType("application/json");
    connection.publish(
        topic + "/verdict/" + result.station(),
        new MqttMessage(result.json().getBytes(StandardCharsets.UTF_8), 1, false, properties));
  }

  @Override
  public String trouble() {
    return connection.trouble();
  }

  /** Says that it goes. */
  @Deactivate
  public void close() {
    connection.close();
  }

  /** Says whether the gateway is there. */
  private record Status(String topic) implements Session {

    @Override
    public void prepare(MqttConnectionOptions options) {
      options.setCleanStart(true);
      options.setWill(topic, retained("offline"));
    }

    @Override
    public void begin(MqttAsyncClient client) throws MqttException {
      Connection.await(client.publish(topic, retained("online")), topic);
    }

    @Override
    public void arrived(MqttAsyncClient client, String from, MqttMessage message) {
      // it subscribes to nothing
    }

    @Override
    public boolean isHeard() {
      return true; // results that wait are said
    }

    @Override
    public void end(MqttAsyncClient client) throws MqttException {
      Connection.await(client.publish(topic, retained("offline")), topic);
    }

    private static MqttMessage retained(String text) {
      return new MqttMessage(
          text.getBytes(StandardCharsets.US_ASCII), 1, true, new MqttProperties());
    }
  }
}
