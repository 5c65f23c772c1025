/* SPDX-License-Identifier: Apache-2.0 */
package uniass.kura;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.type.ByteArrayValue;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.WireSupport;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Producer;
import org.osgi.service.wireadmin.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.api.inspection.Inspection;

/**
 * Inspects the property {@code image} of each record, an image file's bytes, and sends the record
 * on with {@code verdict} (true: anomalous), {@code score}, {@code threshold} and {@code heatmap} in
 * its place. A record without an image that can be read is left out.
 */
@Component(
    name = WireInspection.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {
      ConfigurableComponent.class,
      WireComponent.class,
      WireEmitter.class,
      WireReceiver.class,
      Producer.class,
      Consumer.class
    })
@Designate(ocd = WireConfig.class, factory = true)
public final class WireInspection implements WireEmitter, WireReceiver, ConfigurableComponent {

  /** Name of the component, and of its configurations. */
  static final String PID = "uniass.kura.WireInspection";

  private static final Logger LOG = LoggerFactory.getLogger(WireInspection.class);

  private final WireSupport support;
  private final Optional<Model> model;
  private volatile boolean failing;

  /** Opens the model; if that fails, one line in the log says why, and records are left out. */
  @Activate
  @SuppressWarnings("unchecked") // Declarative Services does not know the service's type
  public WireInspection(
      ComponentContext context,
      @Reference Inspection inspection,
      @Reference WireHelperService helper,
      WireConfig config) {
    model = open(inspection, config);
    support =
        helper.newWireSupport(this, (ServiceReference<WireComponent>) context.getServiceReference());
  }

  private static Optional<Model> open(Inspection inspection, WireConfig config) {
    try {
      if (config.model().isBlank()) { // as Kura's console makes a component
        throw new UniassException("none is configured yet");
      }
      return Optional.of(
          Model.open(inspection, Path.of(config.model()), config.category(), config.device()));
    } catch (UniassException | InvalidPathException e) {
      LOG.error("Nothing is inspected: model: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Closes the model. */
  @Deactivate
  public void stop() {
    model.ifPresent(Model::close);
  }

  @Override
  public void onWireReceive(WireEnvelope wireEnvelope) {
    if (model.isEmpty()) {
      return;
    }
    List<WireRecord> found = new ArrayList<>();
    for (WireRecord wireRecord : wireEnvelope.getRecords()) {
      try {
        found.add(inspect(model.get(), wireRecord));
        failing = false;
      } catch (UniassException e) {
        say(e.getMessage());
      }
    }
    if (!found.isEmpty()) {
      support.emit(found);
    }
  }

  private static WireRecord inspect(Model model, WireRecord given) {
    Map<String, TypedValue<?>> properties = new HashMap<>(given.getProperties());
    if (!(properties.remove(Tensors.IMAGE) instanceof ByteArrayValue image)) {
      throw new UniassException(
          "a record has no property '%s' with an image file's bytes; it has: %s"
              .formatted(
                  Tensors.IMAGE, String.join(", ", new TreeSet<>(given.getProperties().keySet()))));
    }
    Found found = model.inspect(image.getValue());
    found.verdict().ifPresent(v -> properties.put(Found.VERDICT, TypedValues.newBooleanValue(v)));
    found.threshold().ifPresent(t -> properties.put(Found.THRESHOLD, TypedValues.newFloatValue(t)));
    properties.put(Found.SCORE, TypedValues.newFloatValue(found.score()));
    properties.put(Found.HEATMAP, TypedValues.newByteArrayValue(found.heatmap()));
    return new WireRecord(properties);
  }

  /** The first of failures that follow each other: a log has no line per image. */
  private void say(String why) {
    if (!failing) {
      failing = true;
      LOG.warn("Records are left out: {}", why);
    }
  }

  @Override
  public void consumersConnected(Wire[] wires) {
    support.consumersConnected(wires);
  }

  @Override
  public Object polled(Wire wire) {
    return support.polled(wire);
  }

  @Override
  public void producersConnected(Wire[] wires) {
    support.producersConnected(wires);
  }

  @Override
  public void updated(Wire wire, Object value) {
    support.updated(wire, value);
  }
}
