/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.mqtt;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;

/**
 * Where a broker is, and how to get in. Files are read at each attempt, so that what is put right
 * there counts from the next one on.
 *
 * @param url {@code mqtt://HOST[:PORT]} or {@code mqtts://HOST[:PORT]}
 * @param client what the broker calls this client; empty for a random name
 * @param credentials file with names and secrets, or empty
 * @param trust file with authorities, or empty
 * @param identity file with a certificate, or empty
 */
record Broker(String url, String client, String credentials, String trust, String identity) {

  private static final int KEEP_ALIVE_SECONDS = 20;
  private static final int TIMEOUT_SECONDS = 10;

  /** The address in Paho's words. */
  String address() throws IOException {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw wrongAddress();
    }
    boolean plain = "mqtt".equals(uri.getScheme());
    if (!plain && !isTls()
        || uri.getHost() == null
        || uri.getUserInfo() != null // others may read the configuration
        || !uri.getPath().isEmpty()) {
      throw wrongAddress();
    }
    int port = uri.getPort() > 0 ? uri.getPort() : plain ? 1883 : 8883;
    return "%s://%s:%d".formatted(plain ? "tcp" : "ssl", uri.getHost(), port);
  }

  private IOException wrongAddress() {
    return new IOException(
        "'%s' is not a broker's address; write mqtt://HOST:PORT, or mqtts://HOST:PORT with TLS"
            .formatted(shown()));
  }

  /** The address for logs; whoever puts a secret into it is refused, and does not find it there. */
  String shown() {
    return url.replaceFirst("//.*@", "//...@");
  }

  private boolean isTls() {
    return url.startsWith("mqtts:");
  }

  /** Whether the broker knows this client again. */
  boolean isKnown() {
    return !client.isEmpty();
  }

  /** The client's name, or a new one. */
  String clientId() {
    byte[] random = new byte[6];
    new Random().nextBytes(random);
    return isKnown() ? client : "uniass-" + HexFormat.of().formatHex(random);
  }

  /** How to connect. */
  MqttConnectionOptions options() throws IOException {
    Credentials secrets = new Credentials(credentials);
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    options.setConnectionTimeout(TIMEOUT_SECONDS);
    secrets.get("user").ifPresent(options::setUserName);
    secrets
        .get("password")
        .ifPresent(password -> options.setPassword(password.getBytes(StandardCharsets.UTF_8)));
    if (isTls()) {
      options.setSocketFactory(Tls.sockets(trust, identity, secrets.get("identity").orElse("")));
      options.setHttpsHostnameVerificationEnabled(true);
    }
    return options;
  }
}
