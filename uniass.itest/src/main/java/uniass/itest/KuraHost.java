/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.ai.inference.InferenceEngineService;
import org.eclipse.kura.ai.inference.ModelInfo;
import org.eclipse.kura.ai.inference.Tensor;
import org.eclipse.kura.ai.inference.TensorDescriptor;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.WireSupport;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.wireadmin.Wire;
import org.osgi.util.tracker.ServiceTracker;

/** Does what Kura does: configures components, asks the engine, sends records along wires. */
final class KuraHost implements AutoCloseable {

  private final BundleContext context;
  private final ConfigurationAdmin admin;
  private final List<Configuration> made = new ArrayList<>();
  private final List<WireRecord> emitted = new ArrayList<>();
  private final ServiceRegistration<?> helper;
  private final ServiceTracker<InferenceEngineService, InferenceEngineService> engines;
  private final ServiceTracker<WireReceiver, WireReceiver> receivers;

  KuraHost(BundleContext context, ConfigurationAdmin admin) {
    this.context = context;
    this.admin = admin;
    WireHelperService wires = (component, reference) -> new Support();
    helper = context.registerService(WireHelperService.class, wires, null);
    engines = tracked(InferenceEngineService.class);
    receivers = tracked(WireReceiver.class);
  }

  private final class Support implements WireSupport {
    @Override
    public void emit(List<WireRecord> records) {
      emitted.addAll(records);
    }

    @Override
    public void consumersConnected(Wire[] wires) {}

    @Override
    public Object polled(Wire wire) {
      return null;
    }

    @Override
    public void producersConnected(Wire[] wires) {}

    @Override
    public void updated(Wire wire, Object value) {}
  }

  private <T> ServiceTracker<T, T> tracked(Class<T> type) {
    ServiceTracker<T, T> tracker = new ServiceTracker<>(context, type, null);
    tracker.open();
    return tracker;
  }

  private void configure(String component, String key, Path value) throws IOException {
    Configuration configuration = admin.createFactoryConfiguration(component, "?");
    made.add(configuration);
    Dictionary<String, Object> settings = new Hashtable<>();
    settings.put(key, value.toString());
    settings.put("device", "cpu");
    configuration.update(settings);
  }

  void configureEngine(Path models) throws IOException {
    configure("uniass.kura.InferenceEngine", "models", models);
  }

  void configureWire(Path model) throws IOException {
    configure("uniass.kura.WireInspection", "model", model);
  }

  private InferenceEngineService engine() throws InterruptedException {
    return engines.waitForService(Patience.MILLISECONDS);
  }

  List<String> modelNames() throws Exception {
    return engine().getModelNames();
  }

  boolean isLoaded(String model) throws Exception {
    return engine().isModelLoaded(model);
  }

  void load(String model) throws Exception {
    engine().loadModel(model, Optional.empty());
  }

  void unload(String model) throws Exception {
    engine().unloadModel(model);
  }

  /** Names of what a model gives; none if there is no such model. */
  List<String> outputs(String model) throws Exception {
    return engine().getModelInfo(model).map(ModelInfo::getOutputs).orElse(List.of()).stream()
        .map(TensorDescriptor::getName)
        .toList();
  }

  Map<String, Object> infer(String model, byte[] image) throws Exception {
    return infer(model, byte[].class, List.of(image));
  }

  /** As the AI component of Kura's wires gives bytes. */
  Map<String, Object> inferByteByByte(String model, byte[] image) throws Exception {
    List<Byte> bytes = new ArrayList<>();
    for (byte value : image) {
      bytes.add(value);
    }
    return infer(model, Byte.class, bytes);
  }

  private <T> Map<String, Object> infer(String model, Class<T> type, List<T> data)
      throws Exception {
    ModelInfo info = engine().getModelInfo(model).orElseThrow();
    Map<String, Object> found = new HashMap<>();
    for (Tensor tensor :
        engine().infer(info, List.of(new Tensor(type, info.getInputs().get(0), data)))) {
      found.put(
          tensor.getDescriptor().getName(), tensor.getData(tensor.getType()).orElseThrow().get(0));
    }
    return found;
  }

  /** What the engine says of bytes that it refuses. */
  String failure(String model, byte[] image) throws Exception {
    try {
      return "accepted: " + infer(model, image);
    } catch (KuraException e) {
      return e.getMessage();
    }
  }

  /** Sends a record of texts and bytes; answers the one that comes back, or nothing. */
  Map<String, Object> send(Map<String, Object> values) throws InterruptedException {
    Map<String, TypedValue<?>> properties = new HashMap<>();
    values.forEach(
        (name, value) ->
            properties.put(
                name,
                value instanceof byte[] bytes
                    ? TypedValues.newByteArrayValue(bytes)
                    : TypedValues.newStringValue(value.toString())));
    emitted.clear();
    receivers
        .waitForService(Patience.MILLISECONDS)
        .onWireReceive(new WireEnvelope("camera", List.of(new WireRecord(properties))));
    Map<String, Object> found = new HashMap<>();
    emitted.forEach(
        wireRecord ->
            wireRecord
                .getProperties()
                .forEach((name, value) -> found.put(name, value.getValue())));
    return found;
  }

  @Override
  public void close() throws IOException {
    for (Configuration configuration : made) {
      configuration.delete();
    }
    engines.close();
    receivers.close();
    helper.unregister();
  }
}
