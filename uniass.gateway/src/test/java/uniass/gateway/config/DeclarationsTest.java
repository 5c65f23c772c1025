/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.ObjectClassDefinition;
import uniass.gateway.ImageSource;
import uniass.gateway.SourceReport;
import uniass.gateway.SourceStatus;
import uniass.gateway.VerdictSink;
import uniass.gateway.results.ResultStore;
import uniass.gateway.results.SinkStatus;
import uniass.gateway.source.Sources;
import uniass.gateway.testing.Configs;
import uniass.gateway.testing.Gateway;
import uniass.gateway.testing.Services;
import uniass.gateway.testing.TinyModel;

/** Configurations that lack something, as a web console may make them: the framework is played. */
class DeclarationsTest {

  private static final String PID = "uniass.sink.lamp";

  private interface Called {
    Object with(String method);
  }

  private static <T> T play(Class<T> type, Called called) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> called.with(method.getName())));
  }

  private static AttributeDefinition attribute(String id, String description, String... values) {
    return play(
        AttributeDefinition.class,
        method ->
            switch (method) {
              case "getID" -> id;
              case "getDescription" -> description;
              case "getDefaultValue" -> values;
              default -> null;
            });
  }

  private static Declarations declarations() {
    AttributeDefinition[] required = {
      attribute("color", "What it shows", "red"), attribute("port", "The port of the lamp")
    };
    ObjectClassDefinition definition = play(ObjectClassDefinition.class, method -> required);
    MetaTypeInformation information =
        play(
            MetaTypeInformation.class,
            method -> method.equals("getFactoryPids") ? new String[] {PID} : definition);
    return new Declarations(bundle -> information);
  }

  private static <S> ComponentServiceObjects<S> configured(S service, String port) {
    return Services.of(
        service,
        Map.of(
            "name",
            "red",
            "service.factoryPid",
            PID,
            "service.pid",
            PID + "~red",
            "station",
            "line3",
            "port",
            port));
  }

  /** Of a service that nobody may ask for. */
  private static <S> ComponentServiceObjects<S> unmade(ComponentServiceObjects<S> service) {
    return new ComponentServiceObjects<>() {
      @Override
      public S getService() {
        return fail("it was made");
      }

      @Override
      public void ungetService(S other) {
        fail("it was not made");
      }

      @Override
      public ServiceReference<S> getServiceReference() {
        return service.getServiceReference();
      }
    };
  }

  @Test
  void aSinkThatLacksAKeyIsShownAndNotMade() {
    VerdictSink lamp = (result, evidence) -> {};
    ResultStore store = new ResultStore(null, Configs.gateway(Map.of()), declarations());
    ComponentServiceObjects<VerdictSink> broken = unmade(configured(lamp, " "));
    store.addSink(broken);
    SinkStatus status = store.sinks().get(0);
    assertEquals("red", status.name());
    assertEquals(
        "'port' is missing: give the port of the lamp (configuration uniass.sink.lamp~red)",
        status.failure());
    store.removeSink(broken);
    store.addSink(configured(lamp, "/dev/ttyS0"));
    assertEquals(List.of(""), store.sinks().stream().map(SinkStatus::failure).toList());
    store.close();
  }

  @Test
  void aSourceThatLacksAKeyIsShownAndNotMade() {
    ImageSource camera = new SourceReport("red", "line3");
    try (Gateway gateway = new Gateway(new TinyModel(), Map.of())) {
      Sources sources = new Sources(gateway.stations(), gateway.results(), declarations());
      ComponentServiceObjects<ImageSource> broken = unmade(configured(camera, ""));
      sources.addSource(broken);
      SourceStatus status = sources.list().get(0);
      assertEquals("red of line3", status.name() + " of " + status.station());
      assertEquals(
          "'port' is missing: give the port of the lamp (configuration uniass.sink.lamp~red)",
          status.failure());
      sources.removeSource(broken);
      assertEquals(List.of(), sources.list());
      sources.addSource(configured(camera, "1"));
      assertEquals(List.of(camera.status().name()), names(sources));
      sources.stop();
    }
  }

  private static List<String> names(Sources sources) {
    return sources.list().stream().map(SourceStatus::name).toList();
  }
}
