/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.gateway.kind.Configured;

/** What is said of a configuration file before anything starts. */
class MqttCheckTest {

  @TempDir Path folder;

  private static Configured sink(String name, Map<String, Object> values) {
    return new Configured("line.yaml: sink '" + name + "' (mqtt)", "uniass.sink.mqtt", values);
  }

  private static Configured source(String name, Map<String, Object> values) {
    return new Configured("line.yaml: source '" + name + "' (mqtt)", "uniass.source.mqtt", values);
  }

  private static String fault(Configured... all) {
    return new MqttCheck().fault(List.of(all)).orElse("");
  }

  @Test
  void anAddressOrAFileIsNamed() throws Exception {
    assertEquals(
        "line.yaml: sink 'mes' (mqtt): 'http://broker' is not a broker's address; write mqtt://HOST:PORT, or mqtts://HOST:PORT with TLS",
        fault(sink("mes", Map.of("url", "http://broker"))));
    assertEquals(
        "line.yaml: source 'cam' (mqtt): nowhere: cannot be read: there is no such file or folder",
        fault(source("cam", Map.of("url", "mqtt://broker", "credentials", "nowhere"))));
    Path bad = Files.writeString(folder.resolve("bad.pem"), "no certificate");
    assertEquals(
        "line.yaml: sink 'mes' (mqtt): " + bad + ": not a PEM file of certificates",
        fault(sink("mes", Map.of("url", "mqtts://broker", "trust", bad.toString()))));
  }

  @Test
  void twoOfOneClientIdAreNamed() {
    Configured first = sink("mes", Map.of("url", "mqtt://broker", "client", "line3"));
    assertEquals(
        "line.yaml: source 'cam' (mqtt): client: 'line3' is also the client id of sink 'mes' (mqtt); a broker lets only one in at a time: give each its own",
        fault(first, source("cam", Map.of("url", "mqtt://broker:1883", "client", "line3"))));
    assertEquals(
        "", fault(first, source("cam", Map.of("url", "mqtt://another", "client", "line3"))));
    assertEquals(
        "",
        fault(
            first,
            source("cam", Map.of("url", "mqtt://broker", "client", "line4")),
            source("a", Map.of("url", "mqtt://broker")),
            source("b", Map.of("url", "mqtt://broker"))));
    Configured other = new Configured("here", "uniass.sink.webhook", Map.of("url", "http://x"));
    assertEquals(Optional.empty(), new MqttCheck().fault(List.of(first, other)));
  }
}
