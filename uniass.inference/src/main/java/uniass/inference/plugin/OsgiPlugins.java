/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.plugin;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.api.experiment.PluginInfo;
import uniass.api.network.PretrainedWeights;
import uniass.api.plugin.Part;
import uniass.api.plugin.Plugin;

/**
 * Tracks all services that are named as plug-ins. A plug-in's type is that of the first contract
 * among the interfaces that it registers. One tracker rather than one reference per contract, so
 * that types of plug-ins that are added later are listed too.
 */
@Component(service = Plugins.class)
public final class OsgiPlugins implements Plugins {

  private static final Logger LOG = LoggerFactory.getLogger(OsgiPlugins.class);

  private static final String NAME = Plugin.PREFIX_ + "name";
  private static final String DESCRIPTION = Plugin.PREFIX_ + "description";

  private final BundleContext context;
  private final ServiceTracker<Object, Found> tracker;
  private final ServiceTracker<PretrainedWeights, PretrainedWeights> weights;

  /** Starts to track. */
  @Activate
  public OsgiPlugins(BundleContext context) throws InvalidSyntaxException {
    this.context = context;
    this.weights = new ServiceTracker<>(context, PretrainedWeights.class, null);
    this.tracker =
        new ServiceTracker<>(context, context.createFilter("(" + NAME + "=*)"), null) {
          @Override
          public Found addingService(ServiceReference<Object> reference) {
            return found(reference); // instances are made when a run takes them
          }

          @Override
          public void removedService(ServiceReference<Object> reference, Found found) {}
        };
    tracker.open();
    weights.open();
  }

  @Deactivate
  void stop() {
    tracker.close();
    weights.close();
  }

  @Override
  public List<PluginInfo> list() {
    return tracker.getTracked().values().stream()
        .map(
            f ->
                new PluginInfo(
                    f.type(), f.name(), bundle(f.reference()), text(f.reference(), DESCRIPTION)))
        .distinct()
        .sorted(Comparator.comparing(PluginInfo::type).thenComparing(PluginInfo::name))
        .toList();
  }

  @Override
  public <P extends Part> Taken<P> take(String type, String name, Class<P> contract) {
    List<Found> found =
        tracker.getTracked().values().stream()
            .filter(f -> f.type().equals(type) && f.name().equals(name))
            .sorted(Comparator.comparing(Found::reference).reversed())
            .toList();
    if (found.isEmpty()) {
      throw missing(type, name);
    }
    Found first = found.get(0);
    if (found.size() > 1 && first.ranking() == found.get(1).ranking()) {
      throw new UniassException(
          first.label()
              + " has the name of one of "
              + bundle(found.get(1).reference())
              + "; rename one of them (or give the one that is to win a higher service.ranking)");
    }
    Taken<P> taken = open(first, contract);
    if (taken == null) {
      throw missing(type, name); // it went away at this moment
    }
    return taken;
  }

  @Override
  public Optional<PretrainedWeights> pretrained(String architecture) {
    return weights.getTracked().values().stream()
        .filter(w -> w.architecture().equals(architecture))
        .findFirst();
  }

  private <P extends Part> Taken<P> open(Found found, Class<P> contract) {
    ServiceReference<Object> reference = found.reference();
    if (!Constants.SCOPE_PROTOTYPE.equals(text(reference, Constants.SERVICE_SCOPE))) {
      throw new UniassException(
          found.label()
              + " is shared by all runs; give its @Component scope = ServiceScope.PROTOTYPE");
    }
    ServiceObjects<Object> objects = context.getServiceObjects(reference);
    if (objects == null) {
      return null;
    }
    Object instance = objects.getService();
    if (instance == null) {
      if (reference.getBundle() == null) {
        return null;
      }
      throw new UniassException(
          found.label() + " cannot be created: its constructor failed, see the log");
    }
    return new OsgiTaken<>(contract.cast(instance), reference, objects, found.label());
  }

  /** Finds the type of a named service; null if it registers no contract. */
  private static Found found(ServiceReference<Object> reference) {
    List<String> interfaces = List.of((String[]) reference.getProperty(Constants.OBJECTCLASS));
    Bundle bundle = reference.getBundle();
    Optional<String> type =
        interfaces.stream().flatMap(name -> type(bundle, name).stream()).findFirst();
    if (type.isEmpty()) {
      LOG.warn(
          "plug-in '{}' of {} is registered as {}, which is not a plug-in contract: name the"
              + " contract in @Component(service = ...)",
          text(reference, NAME),
          bundle(reference),
          String.join(", ", interfaces));
      return null;
    }
    return new Found(reference, type.get());
  }

  private static Optional<String> type(Bundle bundle, String name) {
    try {
      return bundle == null ? Optional.empty() : Plugins.type(bundle.loadClass(name));
    } catch (ClassNotFoundException | LinkageError | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private static String text(ServiceReference<?> reference, String key) {
    Object value = reference.getProperty(key);
    return value == null ? "" : value.toString();
  }

  private static String bundle(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    return bundle == null ? "" : bundle.getSymbolicName() + " " + bundle.getVersion();
  }

  private record Found(ServiceReference<Object> reference, String type) {

    String name() {
      return text(reference, NAME);
    }

    int ranking() {
      return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer rank ? rank : 0;
    }

    String label() {
      return Plugins.label(type) + " '" + name() + "' of " + bundle(reference);
    }
  }

  private record OsgiTaken<P extends Part>(
      P part,
      ServiceReference<Object> reference,
      ServiceObjects<Object> objects,
      String description)
      implements Taken<P> {

    @Override
    public boolean gone() {
      return reference.getBundle() == null;
    }

    @Override
    public void close() {
      if (!gone()) {
        objects.ungetService(part);
      }
    }
  }
}
