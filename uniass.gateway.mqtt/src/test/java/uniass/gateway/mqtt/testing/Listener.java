/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.mqtt.testing;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A client that listens to topics, and publishes. */
public final class Listener implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 600;

  private final MqttAsyncClient client;
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

  /**
   * What was published.
   *
   * @param topic its topic
   * @param message the message
   */
  public record Heard(String topic, MqttMessage message) {

    /** The payload. */
    public String text() {
      return new String(message.getPayload(), StandardCharsets.UTF_8);
    }
  }

  /** Connects and subscribes with QoS 1. */
  public Listener(int port, String... topics) throws MqttException {
    client = new MqttAsyncClient("tcp://127.0.0.1:" + port, "listener", new MemoryPersistence());
    client.setCallback(new Callback());
    client.connect(new MqttConnectionOptions()).waitForCompletion();
    for (String topic : topics) {
      client.subscribe(topic, 1).waitForCompletion();
    }
  }

  /** The next message. */
  public Heard next() throws InterruptedException {
    Heard next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertNotNull(next, "nothing was heard");
    return next;
  }

  /** Publishes with QoS 1. */
  public void publish(String topic, byte[] payload, MqttProperties properties)
      throws MqttException {
    client.publish(topic, new MqttMessage(payload, 1, false, properties)).waitForCompletion();
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 1, false);
    client.close(true);
  }

  private final class Callback implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      heard.add(new Heard(topic, message));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String server) {}

    @Override
    public void authPacketArrived(int code, MqttProperties properties) {}
  }
}
