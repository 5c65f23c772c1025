/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import uniass.gateway.testing.Configs;
import uniass.gateway.testing.Gateway;
import uniass.gateway.testing.TinyModel;

/** Events in front of a station with a real model; the framework is played by the test. */
class EventsSourceTest {

  @TempDir Path folder;

  private final TinyModel models = new TinyModel();
  private EventHandler handler;
  private String topic;

  private BundleContext context() {
    return play(
        BundleContext.class,
        arguments -> {
          handler = (EventHandler) arguments[1];
          topic = String.valueOf(((Dictionary<?, ?>) arguments[2]).get(EventConstants.EVENT_TOPIC));
          return play(
              ServiceRegistration.class,
              none -> {
                handler = null;
                return null;
              });
        });
  }

  private interface Called {
    Object with(Object[] arguments);
  }

  private static <T> T play(Class<T> type, Called called) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> called.with(arguments)));
  }

  @Test
  void imagesOfEventsAreInspected() throws Exception {
    try (Gateway gateway = new Gateway(models, Map.of())) {
      gateway.station(
          "line3", models.write(folder.resolve("model.safetensors"), 1e-9, 1e9), Map.of());
      EventsSource source =
          new EventsSource(
              gateway.stations(),
              context(),
              Configs.of(
                  EventsSourceConfig.class,
                  Map.of("name", "camera", "station", "line3", "topic", "camera/*")));
      assertEquals("camera/*", topic);
      handler.handleEvent(new Event("camera/1", Map.of("picked", true)));
      handler.handleEvent(new Event("camera/1", Map.of("image", new byte[] {1, 2, 3})));
      handler.handleEvent(new Event("camera/1", Map.of("image", TinyModel.image(1))));
      while (gateway.results().latest(1).isEmpty()) {
        Thread.sleep(5);
      }
      assertEquals("line3", gateway.results().latest(9).get(0).station());
      assertEquals(1, gateway.results().latest(9).size());
      while (source.status().inspected() < 1) {
        Thread.sleep(5);
      }
      assertEquals(2, source.status().failed());
      assertTrue(source.status().lastError().contains("not an image"), source.status().toString());
      assertEquals("", source.status().failure());
      source.stop();
      assertTrue(handler == null);
    }
  }
}
